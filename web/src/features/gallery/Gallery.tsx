import { useSearchParams } from '@solidjs/router';
import { createEffect, For, onCleanup, Show, type JSX } from 'solid-js';

import { chooseTheme, isDark } from '#web/lib/theme.ts';
import { Segmented } from '#web/ui/Segmented.tsx';
import { ToastRegion } from '#web/ui/Toasts.tsx';
import { ControlSamples } from './ControlSamples.tsx';
import { DataSamples } from './DataSamples.tsx';
import { FieldSamples } from './FieldSamples.tsx';
import { OverlaySamples } from './OverlaySamples.tsx';
import { SaidSamples } from './SaidSamples.tsx';
import { ShellSample } from './ShellSamples.tsx';
import { TableSamples } from './TableSamples.tsx';

import './gallery.css';

const PARTS: readonly { name: string; show: () => JSX.Element }[] = [
  { name: 'controls', show: ControlSamples },
  { name: 'fields', show: FieldSamples },
  { name: 'said', show: SaidSamples },
  { name: 'data', show: DataSamples },
  { name: 'tables', show: TableSamples },
  { name: 'overlays', show: OverlaySamples },
];

/** Every part in every state. `?shell=staff|student` is the size, `?only=` shows one group, `?frame=1` shows the shell itself. */
export default function Gallery(): JSX.Element {
  const [search, setSearch] = useSearchParams<{ shell?: string; only?: string; frame?: string }>();
  const shell = (): 'staff' | 'student' => (search.shell === 'student' ? 'student' : 'staff');
  createEffect(() => {
    // with a frame the shell itself sets its size
    if (search.frame === undefined) document.documentElement.classList.toggle('shell-staff', shell() === 'staff');
  });
  onCleanup(() => document.documentElement.classList.remove('shell-staff'));
  return (
    <Show when={search.frame === undefined} fallback={<ShellSample kind={shell()} />}>
      <main class="Gallery">
        <div class="Gallery__bar">
          <h1>Parts</h1>
          <Segmented name="Shell" options={[{ value: 'staff', label: 'Staff' }, { value: 'student', label: 'Student' }]} value={shell()} onChange={(next) => setSearch({ shell: next })} />
          <Segmented name="Appearance" options={[{ value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }]} value={isDark() ? 'dark' : 'light'} onChange={(next) => chooseTheme(next)} />
        </div>
        <For each={PARTS.filter(({ name }) => search.only === undefined || search.only === name)}>{(part) => part.show()}</For>
        <ToastRegion />
      </main>
    </Show>
  );
}
