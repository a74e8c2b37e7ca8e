import CalendarClock from 'lucide-solid/icons/calendar-clock';
import Timer from 'lucide-solid/icons/timer';
import UserRound from 'lucide-solid/icons/user-round';
import { createSignal, type JSX } from 'solid-js';

import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { CommandPalette, type Command } from '#web/ui/CommandPalette.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Drawer } from '#web/ui/Drawer.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { Sheet } from '#web/ui/Sheet.tsx';
import { ShortcutsDialog } from '#web/ui/ShortcutsDialog.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { Sample } from './Sample.tsx';

type Open = 'dialog' | 'confirm' | 'refused' | 'word' | 'drawer' | 'sheet' | 'palette' | 'keys' | undefined;

const COMMANDS: readonly Command[] = [
  { id: 'extend-1', group: 'Do', label: 'Extend time for Jonas Lindqvist…', icon: Timer, keys: 'Enter', onRun: () => undefined },
  { id: 'extend-2', group: 'Do', label: 'Extend time for Karin Lindgren…', icon: Timer, onRun: () => undefined },
  { id: 'jonas', group: 'Go to', label: 'Jonas Lindqvist', icon: UserRound, hint: '20-117-204, room 102, offline', onRun: () => undefined },
  { id: 'exams', group: 'Go to', label: 'Exams', icon: CalendarClock, keys: 'G E', onRun: () => undefined },
];

/** What opens over a page. */
export function OverlaySamples(): JSX.Element {
  const [open, setOpen] = createSignal<Open>();
  const close = (): void => void setOpen(undefined);
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_200));
  return (
    <Sample name="Overlays">
      <Button onClick={() => setOpen('dialog')}>Dialog</Button>
      <Button onClick={() => setOpen('confirm')}>Confirm with reason</Button>
      <Button onClick={() => setOpen('refused')}>Confirm that is refused</Button>
      <Button onClick={() => setOpen('word')}>Confirm with a word</Button>
      <Button onClick={() => setOpen('drawer')}>Drawer</Button>
      <Button onClick={() => setOpen('sheet')}>Sheet</Button>
      <Button onClick={() => setOpen('palette')}>Command palette</Button>
      <Button onClick={() => setOpen('keys')}>Keyboard shortcuts</Button>
      <Dialog open={open() === 'dialog'} onClose={close} title="Add 10 minutes for 212 students" scope="Batch BSc Biology 2026, who are writing now" size={640} note="Applies at once, logged with your name." onSubmit={close} footer={<><Button keys="Esc" onClick={close}>Cancel</Button><Button kind="primary" type="submit" keys="Ctrl Enter">Add 10 minutes for 212 students</Button></>}>
        <NumberInput label="How much" unit="min" value={10} />
        <TextInput label="Reason" hint="Students read this." value="Projector in room 101 failed during the introduction" />
      </Dialog>
      <ConfirmDialog open={open() === 'confirm'} onClose={close} title="Pause Jonas Lindqvist" scope="The clock stands until somebody resumes." verb="Pause Jonas Lindqvist" busyText="Pausing…" reason="optional" onConfirm={wait} />
      <ConfirmDialog open={open() === 'refused'} onClose={close} title="Pause Jonas Lindqvist" verb="Pause Jonas Lindqvist" busyText="Pausing…" reason="required" onConfirm={() => wait().then(() => Promise.reject(new Error('no')))} />
      <ConfirmDialog open={open() === 'word'} onClose={close} kind="act" title="End the exam for 212 students" scope="What they have saved counts. This cannot be undone." verb="End the exam for 212 students" busyText="Ending…" reason="required" word="END" onConfirm={wait} />
      <Drawer open={open() === 'drawer'} onClose={close} title="Jonas Lindqvist" sub="20-117-204, room 102, BSc Biology 2026" onPrevious={() => undefined} onNext={() => undefined} footer={<><Button kind="primary" icon={Timer}>Extend</Button><Button>Message</Button><Button kind="danger" class="push">End…</Button></>}>
        <Badge tone="act">Offline 8 min 40 s</Badge>
        <Facts items={[['Answered', '11 of 20, last save 10:33:21'], ['Extra time', 'none']]} />
      </Drawer>
      <Sheet open={open() === 'sheet'} onClose={close} title="Questions" footer={<Button wide size="large">Hand in…</Button>}>3 of 20 answered</Sheet>
      <CommandPalette open={open() === 'palette'} onClose={close} commands={COMMANDS} context="in Biology I, final" note="Commands that change time ask first" />
      <ShortcutsDialog open={open() === 'keys'} onClose={close} groups={[{ title: 'In the list', keys: [{ keys: 'J', does: 'Next student' }, { keys: 'Shift X', does: 'Select up to here' }] }, { title: 'Everywhere', keys: [{ keys: 'Ctrl K', does: 'Search or do anything' }] }]} />
    </Sample>
  );
}
