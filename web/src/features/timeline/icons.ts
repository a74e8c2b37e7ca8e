import AppWindow from 'lucide-solid/icons/app-window';
import Ban from 'lucide-solid/icons/ban';
import Calculator from 'lucide-solid/icons/calculator';
import CalendarClock from 'lucide-solid/icons/calendar-clock';
import CheckCheck from 'lucide-solid/icons/check-check';
import CloudCheck from 'lucide-solid/icons/cloud-check';
import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import FileUp from 'lucide-solid/icons/file-up';
import Hand from 'lucide-solid/icons/hand';
import Info from 'lucide-solid/icons/info';
import Lock from 'lucide-solid/icons/lock';
import LockOpen from 'lucide-solid/icons/lock-open';
import MessageSquare from 'lucide-solid/icons/message-square';
import OctagonX from 'lucide-solid/icons/octagon-x';
import Pause from 'lucide-solid/icons/pause';
import PenLine from 'lucide-solid/icons/pen-line';
import Play from 'lucide-solid/icons/play';
import Send from 'lucide-solid/icons/send';
import Timer from 'lucide-solid/icons/timer';
import Wifi from 'lucide-solid/icons/wifi';
import WifiOff from 'lucide-solid/icons/wifi-off';
import Workflow from 'lucide-solid/icons/workflow';

import type { Icon } from '#web/ui/icon.ts';

import type { Happening } from './lanes.ts';

const ICONS: Readonly<Record<string, Icon>> = {
  start: Play, connected: Wifi, disconnected: WifiOff, 'answers-saved': CloudCheck, 'answers-refused': OctagonX,
  pause: Pause, resume: Play, extend: Timer, shorten: Timer, credit: Timer, window: CalendarClock, 'window-changed': CalendarClock,
  reopen: LockOpen, submit: Send, expire: Lock, end: Lock, terminate: Ban, withdraw: Ban, cancel: Ban,
  message: MessageSquare, 'help-requested': Hand, 'help-claimed': Hand, 'help-resolved': CheckCheck, file: FileUp, acknowledged: CheckCheck,
  observations: AppWindow, incident: Info, graded: Calculator, 'mark.set': PenLine, 'results-published': Eye, 'results-unpublished': EyeOff,
  'result-withhold': EyeOff, 'result-release': Eye, workflow: Workflow,
};

/** The icon of a happening. */
export function iconOf({ kind, step }: Happening): Icon {
  if (step !== undefined && /timer (was set|fired)/.test(step.text)) return Timer;
  return ICONS[kind] ?? Info;
}
