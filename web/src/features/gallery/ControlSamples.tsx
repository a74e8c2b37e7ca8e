import ArrowRight from 'lucide-solid/icons/arrow-right';
import Check from 'lucide-solid/icons/check';
import CircleDot from 'lucide-solid/icons/circle-dot';
import DoorOpen from 'lucide-solid/icons/door-open';
import Flag from 'lucide-solid/icons/flag';
import Hourglass from 'lucide-solid/icons/hourglass';
import MessageSquare from 'lucide-solid/icons/message-square';
import OctagonX from 'lucide-solid/icons/octagon-x';
import Pause from 'lucide-solid/icons/pause';
import Pencil from 'lucide-solid/icons/pencil';
import Sprout from 'lucide-solid/icons/sprout';
import Timer from 'lucide-solid/icons/timer';
import Trash from 'lucide-solid/icons/trash';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { createSignal, type JSX } from 'solid-js';

import { Avatar } from '#web/ui/Avatar.tsx';
import { Badge, Dot, StateMark, Tag } from '#web/ui/Badge.tsx';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { CopyButton } from '#web/ui/CopyButton.tsx';
import { Kbd } from '#web/ui/Kbd.tsx';
import { Link, LinkButton } from '#web/ui/Link.tsx';
import { Mark } from '#web/ui/Mark.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import { toast } from '#web/ui/Toasts.tsx';
import { Tooltip } from '#web/ui/Tooltip.tsx';
import { Sample } from './Sample.tsx';

/** Buttons, links, marks, badges, menus. */
export function ControlSamples(): JSX.Element {
  const [isBusy, setBusy] = createSignal(false);
  const [isFlagged, setFlagged] = createSignal(true);
  function work(): void {
    setBusy(true);
    setTimeout(() => setBusy(false), 2_500);
  }
  return (
    <>
      <Sample name="Mark" layout="plain">
        <div class="row"><Mark label="Holdfast" /><Mark class="icon-small" /></div>
        <div class="Gallery__bar-demo"><Mark hangs /></div>
      </Sample>
      <Sample name="Button">
        <Button kind="primary">Save the draft</Button>
        <Button>Cancel</Button>
        <Button kind="quiet">Details</Button>
        <Button kind="act">End the exam for 212 students</Button>
        <Button kind="danger" icon={OctagonX}>End…</Button>
        <Button disabled title="Nothing has changed">Save</Button>
        <Button kind="primary" disabled title="Nothing has changed">Save</Button>
      </Sample>
      <Sample name="Button with icons and keys">
        <Button kind="primary" icon={Timer} keys="T">Change time</Button>
        <Button icon={MessageSquare} keys="M">Message</Button>
        <Button icon={Flag} aria-pressed={isFlagged()} onClick={() => setFlagged(!isFlagged())}>Flag</Button>
        <Button kind="primary" iconEnd={ArrowRight} href="#button">Go to the exam</Button>
        <IconButton icon={Pencil} label="Edit" kind="secondary" />
        <IconButton icon={Trash} label="Delete" />
        <IconButton icon={Trash} label="Delete" size="small" />
        <Tooltip text="Pauses the clock of every session of this exam">{(trigger) => <IconButton {...trigger} icon={Pause} label="Pause all" kind="secondary" title="" />}</Tooltip>
      </Sample>
      <Sample name="Button sizes and busy">
        <Button size="small">Small</Button>
        <Button>Base</Button>
        <Button size="large" kind="primary" iconEnd={ArrowRight}>Large</Button>
        <Button kind="primary" busy busyText="Saving…">Save the draft</Button>
        <Button busy busyText="Loading…">Load more</Button>
        <Button kind="act" busy busyText="Ending…">End the exam</Button>
        <Button kind="primary" busy={isBusy()} busyText="Handing in…" onClick={work}>Hand in now</Button>
        <Button onClick={() => toast('The link is copied')}>Show a toast</Button>
      </Sample>
      <Sample name="Button wide" layout="grid">
        <Button wide size="large" kind="primary">Log in</Button>
        <Button wide size="large">Use your university account</Button>
      </Sample>
      <Sample name="Link">
        <Link href="#link">Try the practice exam</Link>
        <Link href="#link" stands icon={Sprout}>Practice exam</Link>
        <Link href="#link" outside>Open the documentation</Link>
        <LinkButton>5 more</LinkButton>
        <CopyButton text="HF-2026-7741" name="code of the receipt" />
        <CopyButton text="HF-2026-7741" label="Copy the code" kind="secondary" />
        <Menu label="More" items={[{ heading: 'Session' }, { label: 'Pause', icon: Pause, keys: 'P' }, { label: 'Message', icon: MessageSquare, hint: 'Only this student reads it' }, { label: 'Not possible now', icon: Flag, disabled: true }, { separator: true }, { label: 'End…', icon: OctagonX, tone: 'act' }]} />
        <Menu label="Density" text="Density" items={[{ label: 'Comfortable', checked: true }, { label: 'Compact', checked: false }]} />
        <Kbd keys="?" /><Kbd keys="Ctrl K" /><Kbd keys="Ctrl Enter" apart />
      </Sample>
      <Sample name="Badge">
        <Badge icon={DoorOpen} tone="accent">Open since 10:00</Badge>
        <Badge icon={Hourglass}>Waiting for release</Badge>
        <Badge icon={Check} tone="done">Saved</Badge>
        <Badge icon={Pause} tone="attention">Paused</Badge>
        <Badge icon={WifiOff} tone="act">Offline 8 min 40 s</Badge>
        <Badge icon={Timer} tone="info">10 minutes added</Badge>
        <Badge line>Draft</Badge>
        <Badge tone="accent">v4</Badge>
        <Tag>genetics</Tag>
        <Avatar name="Miriam Okafor" /><Avatar name="Ñandú" size="small" />
      </Sample>
      <Sample name="State mark">
        <StateMark icon={CircleDot} tone="accent">Active</StateMark>
        <StateMark icon={Pause} tone="attention">Paused</StateMark>
        <StateMark icon={Check} tone="done">Submitted</StateMark>
        <StateMark icon={OctagonX}>Terminated</StateMark>
        <StateMark icon={WifiOff} tone="act" strong>8 min 40 s</StateMark>
        <span class="row"><Dot /> Live</span><span class="row"><Dot tone="attention" /> Not live</span><span class="row"><Dot tone="act" /> 2 to act on</span><span class="row"><Dot tone="quiet" /> 14:00</span>
      </Sample>
    </>
  );
}
