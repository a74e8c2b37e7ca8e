import MessageSquare from 'lucide-solid/icons/message-square';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import Timer from 'lucide-solid/icons/timer';
import WifiOff from 'lucide-solid/icons/wifi-off';
import CircleDot from 'lucide-solid/icons/circle-dot';
import { createSignal, type JSX } from 'solid-js';

import { Badge } from '#web/ui/Badge.tsx';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { Breadcrumbs } from '#web/ui/Breadcrumbs.tsx';
import { Card } from '#web/ui/Card.tsx';
import { DateTime } from '#web/ui/DateTime.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { HeaderClock, PageHeader } from '#web/ui/PageHeader.tsx';
import { Meter, Progress } from '#web/ui/Progress.tsx';
import { Sparkline } from '#web/ui/Sparkline.tsx';
import { StackedBar, type StackedPart } from '#web/ui/StackedBar.tsx';
import { TabNav, Tabs } from '#web/ui/Tabs.tsx';
import { Timeline } from '#web/ui/Timeline.tsx';
import { LONG_NAME, Sample } from './Sample.tsx';

type State = 'active' | 'offline' | 'paused' | 'submitted' | 'expired' | 'terminated' | 'absent';
const STATES: readonly StackedPart<State>[] = [
  { key: 'active', label: 'Active', count: 361, fill: 'accent' },
  { key: 'offline', label: 'of these offline', count: 12, fill: 'offline' },
  { key: 'paused', label: 'Paused', count: 3, fill: 'attention' },
  { key: 'submitted', label: 'Submitted', count: 34, fill: 'done' },
  { key: 'expired', label: 'Expired', count: 0, fill: 'quiet' },
  { key: 'terminated', label: 'Terminated', count: 1, fill: 'quiet' },
  { key: 'absent', label: 'Not started', count: 11, fill: 'absent' },
];

/** What shows data that is not a table. */
export function DataSamples(): JSX.Element {
  const [pressed, setPressed] = createSignal<readonly State[]>(['offline']);
  const toggle = (key: State): void => void setPressed((now) => (now.includes(key) ? now.filter((entry) => entry !== key) : [...now, key]));
  return (
    <>
      <Sample name="Page header" layout="plain">
        <Breadcrumbs items={[{ label: 'Exams', href: '#x' }, { label: 'Biology I, final examination', href: '#x' }, { label: 'Live monitor' }]} />
        <PageHeader
          title="Biology I, final examination"
          badge={<Badge icon={CircleDot} tone="accent">Open</Badge>}
          sub="Tuesday 1 December 2026, 09:00 to 11:05 CET. 412 students, rooms 101 to 104."
          aside={<HeaderClock sub="left for 322, later for 39, paused 3">0:22:53</HeaderClock>}
          actions={<><Button icon={MessageSquare}>Message</Button><Button kind="primary" icon={Timer} keys="T">Change time</Button><IconButton icon={Pause} kind="secondary" label="More" /></>}
        />
        <PageHeader title={LONG_NAME} actions={<Button>Edit</Button>} />
      </Sample>
      <Sample name="Stacked bar" layout="plain"><StackedBar label="Sessions by state" parts={STATES} pressed={pressed()} onToggle={toggle} /></Sample>
      <Sample name="Card and facts" layout="wide">
        <Card title="Not yet seen: 5 minutes added" footer="Their new end time holds, seen or not.">
          <Facts items={[['Answered', '11 of 20, last save 10:33:21'], ['Last change', <>+5 min at 10:31:04, <span class="ink-attention">not seen yet</span></>], ['Device', 'Firefox 143, Windows 11, clock 1.2 s slow'], ['Left out', undefined], ['Name', LONG_NAME]]} />
        </Card>
        <Card accent><h3>Biology I, final exam</h3><p class="soft">20 questions in 2 sections.</p></Card>
        <Card title="Figures" actions={<Button size="small">All</Button>}><Facts wide items={[['Questions', '20'], ['Points', '40'], ['Length', '2 h'], ['Opens', <DateTime value="2026-12-01T08:00:00Z" zone="Europe/Berlin" withZone />]]} /></Card>
      </Sample>
      <Sample name="Progress and meter" layout="grid">
        <Progress label="Answered" value={17} max={20} />
        <Progress label="Answered" value={9} max={20} short />
        <Progress label="Import" value={0} max={0} text="nothing yet" />
        <Meter label="Words" value={138} min={300} max={500} text="162 to go" />
        <Meter label="Words" value={420} min={300} max={500} text="within the limits" />
        <Meter label="Words" value={512} min={300} max={500} text="12 too many" />
      </Sample>
      <Sample name="Tabs" layout="wide">
        <Tabs label="Student" tabs={[{ value: 'timeline', label: 'Timeline', content: () => <p>What happened</p> }, { value: 'incidents', label: 'Incidents', count: 0, content: () => <p>None</p> }, { value: 'messages', label: 'Messages', count: 1, content: () => <p>One</p> }]} />
        <TabNav label="Exam" items={[{ href: '#a', label: 'Summary', current: true }, { href: '#b', label: 'Monitor' }, { href: '#c', label: 'Results', count: 34 }]} />
      </Sample>
      <Sample name="Timeline" layout="wide">
        <Card>
          <Timeline
            label="Session of Jonas Lindqvist"
            entries={[
              { key: '1', time: 'now', band: 'gap', body: <><b class="ink-act">Offline for 8 min 40 s.</b> Last sign of life 10:33:27.</> },
              { key: '2', time: '10:33:27', icon: WifiOff, band: 'gap', body: 'Connection lost. Room 102 lost 3 others in the same minute.' },
              { key: '3', time: '10:33:21', body: 'Question 11 saved, revision 27.' },
              { key: '4', time: '10:31:04', icon: Timer, body: <><b>You added 5 minutes</b> for everyone: “Fire alarm, east wing.” Ends 11:07:18.</> },
              { key: '5', time: '10:14:40', icon: Play, band: 'hold', body: <><b>Tomas Brandt resumed.</b> 2 min 18 s given back.</> },
              { key: '6', time: '10:12:22', icon: Pause, body: <><b>Tomas Brandt paused:</b> “Laptop changed.”</> },
              { key: '7', time: '09:00:03', icon: Play, body: 'Started. 20 questions, 2 h, ends 11:00:00.' },
            ]}
          />
        </Card>
        <Card title="Saves a second"><div class="stack"><Sparkline label="Saves a second, between 12 and 88 in the last hour" values={[12, 14, 20, 18, 30, 44, 41, 60, 88, 70, 64, 66, 50, 48]} /><Sparkline tone="attention" label="Open streams" values={[9, 8, 9, 2, 1, 6, 8, 9]} /><Sparkline tone="quiet" label="Queue" values={[0, 0, 1, 0, 3, 0, 0]} /></div></Card>
      </Sample>
    </>
  );
}
