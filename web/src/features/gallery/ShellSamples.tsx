import Activity from 'lucide-solid/icons/activity';
import CalendarClock from 'lucide-solid/icons/calendar-clock';
import History from 'lucide-solid/icons/rotate-ccw-clock';
import Library from 'lucide-solid/icons/library';
import LogOut from 'lucide-solid/icons/log-out';
import PenLine from 'lucide-solid/icons/pen-line';
import Users from 'lucide-solid/icons/users';
import { createSignal, Show, type JSX } from 'solid-js';

import { CommandPalette } from '#web/ui/CommandPalette.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { PageBody, ShellStatus, StaffShell } from '#web/ui/StaffShell.tsx';
import { StudentPage, StudentShell, useAppearanceItems } from '#web/ui/StudentShell.tsx';
import { TableSamples } from './TableSamples.tsx';

/** A shell with something in it. */
export function ShellSample(props: { kind: 'staff' | 'student' }): JSX.Element {
  return <Show when={props.kind === 'staff'} fallback={<Student />}><Staff /></Show>;
}

function Student(): JSX.Element {
  return (
    <StudentShell path="/exams" user={{ name: 'Amara Osei' }} onLogOut={() => undefined}>
      <StudentPage><PageHeader title="Good morning, Amara" sub="Tuesday 16 June 2026, 10:02 in London" /></StudentPage>
    </StudentShell>
  );
}

function Staff(): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const appearance = useAppearanceItems();
  return (
    <StaffShell
      path="/staff/exams/1/monitor"
      home="/staff"
      live={[{ href: '/staff/exams/1/monitor', name: 'Biology I, final', note: '2 to act on', sub: '364 writing, 0:22 left', tone: 'act' }, { href: '/staff/exams/2/monitor', name: 'Chemistry quiz 3', note: 'all calm', sub: '88 writing, 0:51 left', tone: 'done' }, { href: '/staff/exams/3/monitor', name: 'Statistics 2', note: '14:00', sub: 'waiting room opens 13:45', tone: 'quiet' }]}
      groups={[
        { label: 'Exams', items: [{ href: '/staff/exams', label: 'Exams', icon: CalendarClock }, { href: '/staff/questions', label: 'Question bank', icon: Library }, { href: '/staff/grading', label: 'Grading', icon: PenLine, count: 23 }, { href: '/staff/people', label: 'Students and batches', icon: Users }] },
        { label: 'Platform', items: [{ href: '/staff/health', label: 'Health', icon: Activity }, { href: '/staff/sessions', label: 'Session explorer', icon: History }] },
      ]}
      user={{ name: 'Miriam Okafor' }}
      userItems={[...appearance(), { separator: true }, { label: 'Log out', icon: LogOut }]}
      breadcrumbs={[{ label: 'Exams', href: '/staff/exams' }, { label: 'Biology I, final examination', href: '/staff/exams/1' }, { label: 'Live monitor' }]}
      status={<ShellStatus tone="done" word="Live" time="10:42:07" zone="CET" title="Server time. Your own clock is not used." />}
      onSearch={() => setOpen(true)}
      shortcuts={[{ title: 'In the list', keys: [{ keys: 'J', does: 'Next student' }, { keys: 'X', does: 'Select' }] }]}
    >
      <PageHeader title="Biology I, final examination" sub="Tuesday 1 December 2026, 09:00 to 11:05 CET. 412 students, rooms 101 to 104." />
      <PageBody><TableSamples /></PageBody>
      <CommandPalette open={isOpen()} onClose={() => setOpen(false)} commands={[{ id: 'x', group: 'Go to', label: 'Exams', onRun: () => undefined }]} />
    </StaffShell>
  );
}
