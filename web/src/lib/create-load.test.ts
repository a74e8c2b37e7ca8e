import { createRoot, createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';

import { createLoad } from './create-load.ts';

test('a key that is read anew and is the same loads nothing again', async () => {
  const load = vi.fn(async (id: string) => `loaded ${id}`);
  const [person, setPerson] = createSignal({ id: 'a' });
  const { dispose, loaded } = createRoot((end) => ({ dispose: end, loaded: createLoad(() => person().id, load, { forget: true }) }));
  await vi.waitFor(() => expect(loaded.value()).toBe('loaded a'));
  setPerson({ id: 'a' });
  expect(loaded.value()).toBe('loaded a');
  expect(load).toHaveBeenCalledTimes(1);
  setPerson({ id: 'b' });
  await vi.waitFor(() => expect(loaded.value()).toBe('loaded b'));
  dispose();
});
