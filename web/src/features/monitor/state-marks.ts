import Ban from 'lucide-solid/icons/ban';
import Check from 'lucide-solid/icons/check';
import Circle from 'lucide-solid/icons/circle';
import CircleDot from 'lucide-solid/icons/circle-dot';
import Clock from 'lucide-solid/icons/clock-alert';
import OctagonX from 'lucide-solid/icons/octagon-x';
import Pause from 'lucide-solid/icons/pause';

import type { Icon, Tone } from '#web/ui/icon.ts';

import type { StudentState } from './types.ts';

/** Icon and colour of each state, everywhere the same. */
export const STATE_MARKS: Readonly<Record<StudentState, { readonly icon: Icon; readonly tone: Tone }>> = {
  active: { icon: CircleDot, tone: 'accent' },
  paused: { icon: Pause, tone: 'attention' },
  submitted: { icon: Check, tone: 'done' },
  expired: { icon: Clock, tone: 'neutral' },
  terminated: { icon: OctagonX, tone: 'neutral' },
  withdrawn: { icon: Ban, tone: 'neutral' },
  absent: { icon: Circle, tone: 'neutral' },
};
