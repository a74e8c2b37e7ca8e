import List from 'lucide-solid/icons/rows-3';
import Mail from 'lucide-solid/icons/mail';
import Wide from 'lucide-solid/icons/rows-2';
import { createSignal, type JSX } from 'solid-js';

import { Checkbox } from '#web/ui/Checkbox.tsx';
import { Combobox, type ComboboxOption } from '#web/ui/Combobox.tsx';
import { FileDrop } from '#web/ui/FileDrop.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { PasswordInput } from '#web/ui/PasswordInput.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Select } from '#web/ui/Select.tsx';
import { Switch } from '#web/ui/Switch.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { FilterChip, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';
import { LONG_NAME, Sample } from './Sample.tsx';

const PEOPLE: readonly ComboboxOption[] = ['Amara Osei', 'Jonas Lindqvist', 'Karin Lindgren', 'Sofia Marchetti', 'Väinö Aaltonen', LONG_NAME].map((label, index) => ({ value: `p${index}`, label, detail: `20-117-20${index}` }));

async function findPeople(text: string): Promise<readonly ComboboxOption[]> {
  await new Promise((resolve) => setTimeout(resolve, 600));
  if (text === 'fail') throw new Error('no');
  return PEOPLE.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
}

/** Everything that is typed into or chosen from. */
export function FieldSamples(): JSX.Element {
  const [text, setText] = createSignal('amara.osei@northmoor.example');
  const [long, setLong] = createSignal('Projector in room 101 failed during the introduction.\nThe spare one came from room 104.');
  const [count, setCount] = createSignal<number | undefined>(10);
  const [isOn, setOn] = createSignal(true);
  const [radio, setRadio] = createSignal<'batch' | 'all'>('batch');
  const [segment, setSegment] = createSignal<'a' | 'b' | 'c'>('b');
  const [kind, setKind] = createSignal<string>('single');
  const [person, setPerson] = createSignal<ComboboxOption | undefined>(PEOPLE[0]);
  const [people, setPeople] = createSignal<ComboboxOption[]>([PEOPLE[1]!, PEOPLE[2]!]);
  const [search, setSearch] = createSignal('');
  return (
    <>
      <Sample name="Text" layout="grid">
        <TextInput label="E-mail address" type="email" value={text()} onChange={setText} />
        <TextInput label="E-mail address" icon={Mail} hint="We send the receipt there." optional value="" placeholder="name@example.org" />
        <TextInput label="E-mail address" error="This is not an e-mail address: there is no @." value="amara.osei" onChange={setText} />
        <TextInput label="Title of the exam" error={undefined} required value={LONG_NAME} onChange={setText} />
        <TextInput label="Not possible now" disabled value="Closed since 12:00" />
        <TextInput label="Read only" readonly value="HF-2026-7741" />
        <PasswordInput label="Password" labelEnd={<a href="#text">Forgot it?</a>} autocomplete="current-password" value="correct horse" />
        <NumberInput label="Minutes" unit="min" min={1} max={600} value={count()} onChange={setCount} />
        <NumberInput label="Points" error="Enter 0 or more." step={0.5} value={-2} onChange={setCount} />
      </Sample>
      <Sample name="Text area" layout="grid">
        <TextArea label="Reason" hint="Students read this." value={long()} onChange={setLong} />
        <TextArea label="Reason" error="Say why: it is kept in the log with your name." value="" />
        <TextArea label="Message" maxlength={500} count value={long()} onChange={setLong} rows={4} />
      </Sample>
      <Sample name="Choices" layout="grid">
        <div>
          <Checkbox checked={isOn()} onChange={setOn}>Scale with extra time (10 min × 1.25, × 1.5)</Checkbox>
          <Checkbox checked={false} indeterminate>Some of them</Checkbox>
          <Checkbox checked hint="The proctor sees you only while the exam runs.">I agree to the use of my camera</Checkbox>
          <Checkbox checked={false} error="Agree to go on.">I sit this exam alone</Checkbox>
          <Checkbox checked disabled>Not possible now</Checkbox>
        </div>
        <RadioGroup label="For whom" options={[{ value: 'batch', label: <>Batch <b>BSc Biology 2026</b>: 212 students writing</> }, { value: 'all', label: 'Everyone still writing: 364 students', hint: '14 closed sessions are left out.' }]} value={radio()} onChange={setRadio} />
        <div>
          <Switch checked={isOn()} onChange={setOn}>Show the clock</Switch>
          <Switch checked={!isOn()} onChange={(next) => setOn(!next)} hint="Warnings still come at 10, 5 and 1 minute.">Hide it to the end</Switch>
          <Switch checked={isOn()} onChange={setOn} end>At the end of the row</Switch>
          <Switch checked disabled onChange={() => undefined}>Not possible now</Switch>
        </div>
      </Sample>
      <Sample name="Segmented" layout="grid">
        <Segmented label="Line spacing" wide options={[{ value: 'a', label: 'Normal' }, { value: 'b', label: 'Wide' }, { value: 'c', label: 'Very wide' }]} value={segment()} onChange={setSegment} />
        <Segmented name="Density" options={[{ value: 'a', label: 'Comfortable', icon: Wide, iconOnly: true }, { value: 'b', label: 'Compact', icon: List, iconOnly: true }]} value={segment() === 'c' ? 'a' : segment()} onChange={setSegment} />
        <Segmented name="State" options={[{ value: 'a', label: 'Open', count: 4 }, { value: 'b', label: 'Done', count: 212 }]} value={segment() === 'c' ? 'a' : segment()} onChange={setSegment} />
      </Sample>
      <Sample name="Select and combobox" layout="grid">
        <Select label="Kind of question" options={[{ label: 'Choice', options: [{ value: 'single', label: 'One of several' }, { value: 'multiple', label: 'Several of several' }] }, { value: 'essay', label: 'Essay' }]} value={kind()} onChange={setKind} />
        <Select label="Batch" placeholder="Choose a batch" error="Choose one." options={[{ value: 'a', label: 'BSc Biology 2026' }]} value={undefined} onChange={setKind} />
        <Combobox label="Student" options={PEOPLE} value={person()} onChange={setPerson} placeholder="Name or number" />
        <Combobox label="Students (from the server)" hint="“fail” shows what a failure looks like." multiple options={findPeople} value={people()} onChange={setPeople} placeholder="Name or number" />
        <Combobox label="Proctor" error="Choose one." options={PEOPLE} value={undefined} onChange={setPerson} placeholder="Name or number" />
      </Sample>
      <Sample name="Toolbar" layout="plain">
        <Toolbar end={<Segmented name="Rows" options={[{ value: 'a', label: 'Comfortable', icon: Wide, iconOnly: true }, { value: 'b', label: 'Compact', icon: List, iconOnly: true }]} value="a" onChange={() => undefined} />}>
          <SearchBox value={search()} onChange={setSearch} label="Name, number or room" />
          <FilterChip pressed count={412}>All</FilterChip>
          <FilterChip count={98}>Room 102</FilterChip>
          <FilterChip count={42}>Extra time</FilterChip>
          <FilterChip adds>Filter</FilterChip>
        </Toolbar>
      </Sample>
      <Sample name="File drop" layout="grid">
        <FileDrop accept=".csv" maxBytes={5_000_000} hint="CSV, at most 5 MB" onFiles={() => undefined} />
        <FileDrop busy busyText="Reading 1,240 lines…" onFiles={() => undefined} />
        <FileDrop error="Line 14 has no e-mail address." onFiles={() => undefined} />
      </Sample>
    </>
  );
}
