import MessageSquare from 'lucide-solid/icons/message-square';
import Pause from 'lucide-solid/icons/pause';
import Timer from 'lucide-solid/icons/timer';
import UserRound from 'lucide-solid/icons/user-round';

import type { Command } from '#web/ui/find-commands.ts';

import type { MonitorDesk } from './monitor-context.ts';
import { isOpen } from './student.ts';

type Say = (key: 'palette.do' | 'palette.students' | 'palette.extendAll' | 'palette.pauseAll' | 'palette.messageAll' | 'palette.extend' | 'palette.open', values?: { name: string }) => string;

/** What the command palette offers in the monitor; everything that changes time asks first. */
export function paletteCommands({ monitor, ask, openStudent }: Pick<MonitorDesk, 'monitor' | 'ask' | 'openStudent'>, t: Say): Command[] {
  if (monitor.state() !== 'ready') return [];
  monitor.roster.lines();
  const group = t('palette.do');
  const all = { kind: 'all' } as const;
  const students = [...monitor.roster.students()];
  return [
    { id: 'monitor-extend', label: t('palette.extendAll'), group, icon: Timer, onRun: () => ask({ type: 'time', act: 'extend', scope: all, seconds: 300 }) },
    { id: 'monitor-pause', label: t('palette.pauseAll'), group, icon: Pause, onRun: () => ask({ type: 'time', act: 'pause', scope: all }) },
    { id: 'monitor-message', label: t('palette.messageAll'), group, icon: MessageSquare, onRun: () => ask({ type: 'message', scope: all }) },
    ...students.filter(isOpen).map(({ key, name, externalId }): Command => ({
      id: `extend-${key}`, label: t('palette.extend', { name }), group, icon: Timer, ...(externalId === null ? {} : { hint: externalId }),
      onRun: () => ask({ type: 'time', act: 'extend', scope: { kind: 'students', keys: [key] }, seconds: 600 }),
    })),
    ...students.map(({ key, name, externalId }): Command => ({
      id: `open-${key}`, label: t('palette.open', { name }), group: t('palette.students'), icon: UserRound, ...(externalId === null ? {} : { hint: externalId }), onRun: () => openStudent(key),
    })),
  ];
}
