import Ban from 'lucide-solid/icons/ban';
import History from 'lucide-solid/icons/undo-2';
import LockOpen from 'lucide-solid/icons/lock-open';
import OctagonX from 'lucide-solid/icons/octagon-x';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import Timer from 'lucide-solid/icons/timer';
import TimerReset from 'lucide-solid/icons/timer-reset';

import type { MenuItem } from '#web/ui/Menu.tsx';

import type { Monitor } from './create-monitor.ts';
import type { DialogSpec } from './monitor-context.ts';
import { isOpen } from './student.ts';
import type { Student } from './types.ts';

type ActText = 'act.extend' | 'act.shorten' | 'act.credit' | 'act.pause' | 'act.resume' | 'act.end' | 'act.reopen' | 'act.terminate' | 'act.withdraw' | 'stopHeading';

/** Everything that can be done with these students by this person, as a menu. */
export function studentActs(students: readonly Student[], monitor: Pick<Monitor, 'may'>, t: (key: ActText) => string, ask: (dialog: DialogSpec) => void): MenuItem[] {
  const keys = students.map(({ key }) => key);
  const scope = { kind: 'students', keys } as const;
  const some = (test: (student: Student) => boolean): boolean => students.some(test);
  const anyOpen = some(isOpen);
  const time = (act: 'extend' | 'shorten' | 'credit' | 'pause' | 'resume' | 'end' | 'reopen', icon: MenuItemIcon, isPossible: boolean): MenuItem[] =>
    monitor.may(act) && isPossible ? [{ label: t(`act.${act}`), icon, ...(act === 'end' ? { tone: 'act' as const } : {}), onSelect: () => ask({ type: 'time', act, scope, ...(act === 'extend' ? { seconds: 600 } : {}) }) }] : [];
  const final = (type: 'terminate' | 'withdraw', icon: MenuItemIcon): MenuItem[] =>
    monitor.may(type) && anyOpen ? [{ label: t(`act.${type}`), icon, tone: 'act', onSelect: () => ask({ type, keys }) }] : [];
  const harmless = [
    ...time('extend', Timer, anyOpen || some(({ state }) => state === 'absent')),
    ...time('shorten', TimerReset, anyOpen),
    ...time('credit', History, anyOpen),
    ...time('pause', Pause, some(({ state }) => state === 'active')),
    ...time('resume', Play, some(({ state }) => state === 'paused')),
    ...time('reopen', LockOpen, some((student) => !isOpen(student) && student.state !== 'absent')),
  ];
  const grave = [...time('end', OctagonX, anyOpen), ...final('terminate', OctagonX), ...final('withdraw', Ban)];
  return grave.length === 0 ? harmless : [...harmless, { separator: true }, { heading: t('stopHeading') }, ...grave];
}

type MenuItemIcon = NonNullable<Extract<MenuItem, { label: string }>['icon']>;
