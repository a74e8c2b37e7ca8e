import { describe, expect, test } from 'vitest';

import { RowWatch } from './row-watch.ts';

const row = (version: number) => (): Promise<{ version: number }> => Promise.resolve({ version });

describe('what a workflow has heard against what it has read', () => {
  test('a version that was read is not news when it is announced again', async () => {
    const watch = new RowWatch();
    await watch.read(row(3));
    watch.hear({ version: 3, kind: 'extend' });
    expect(watch.behind).toBe(false);
  });

  test('a newer version is news', async () => {
    const watch = new RowWatch();
    await watch.read(row(3));
    watch.hear({ version: 4, kind: 'extend' });
    expect(watch.behind).toBe(true);
    await watch.read(row(4));
    expect(watch.behind).toBe(false);
  });

  test('a change announced during a read that already shows it needs no second read', async () => {
    const watch = new RowWatch();
    await watch.read(() => {
      watch.hear({ version: 5, kind: 'pause' });
      return row(5)();
    });
    expect(watch.behind).toBe(false);
  });

  test('a change announced during a read that was too early for it needs a second read', async () => {
    const watch = new RowWatch();
    await watch.read(() => {
      watch.hear({ version: 6, kind: 'pause' });
      return row(5)();
    });
    expect(watch.behind).toBe(true);
  });

  test('a version that the restored database no longer has is looked for once', async () => {
    const watch = new RowWatch();
    watch.hear({ version: 9, kind: 'extend' });
    await watch.read(row(4));
    expect(watch.behind).toBe(false);
  });

  test('a nudge asks for a read whatever the version says', async () => {
    const watch = new RowWatch();
    await watch.read(row(3));
    watch.hear({ version: 0, kind: 'nudge' });
    expect(watch.behind).toBe(true);
    await watch.read(row(3));
    expect(watch.behind).toBe(false);
  });
});
