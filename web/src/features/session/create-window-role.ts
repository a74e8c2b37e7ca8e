import { type Accessor, createSignal, onCleanup } from 'solid-js';

import { newId } from './ids.ts';

/** Whether this window writes, or another one of the same browser does. */
export type WindowRole = 'asking' | 'writer' | 'reader';

/** What decides between windows; replaced in tests. */
export interface WindowTools {
  readonly locks: Pick<LockManager, 'request' | 'query'> | undefined;
  readonly openChannel: ((name: string) => Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>) | undefined;
}

/** A window in the background may be asleep; nobody waits longer for it to finish. */
const HANDOVER_MS = 400;

interface Word {
  readonly type: 'take' | 'given';
  readonly from: string;
}

/**
 * Makes sure that one window of this browser writes: the newest one, or the one that is told to.
 * @param finish called before another window takes over: brings what was typed to the disk
 */
export function createWindowRole(sessionId: string, finish: () => Promise<void>, tools: WindowTools = browserTools()): { readonly role: Accessor<WindowRole>; take(): Promise<void> } {
  const name = `holdfast-sitting-${sessionId}`;
  const id = newId();
  const [role, setRole] = createSignal<WindowRole>('asking');
  const channel = tools.openChannel?.(name);
  let release: (() => void) | undefined;
  let given: (() => void) | undefined;
  let turn = 0;

  async function take(): Promise<void> {
    await askOthers();
    setRole('writer');
    mark(name, false);
    if (tools.locks === undefined) return;
    turn += 1;
    const mine = turn;
    // held for as long as this window lives or until another one takes it; taking it twice takes it from oneself
    tools.locks
      .request(name, { steal: true }, () => new Promise<void>((resolve) => (release = resolve)))
      .catch(() => mine === turn && setRole('reader'));
  }

  async function askOthers(): Promise<void> {
    if (channel === undefined || isMarked(name) || !(await isHeld())) return;
    const waiting = new Promise<void>((resolve) => {
      given = resolve;
      setTimeout(resolve, HANDOVER_MS);
    });
    channel.postMessage({ type: 'take', from: id } satisfies Word);
    await waiting;
    given = undefined;
  }

  function isHeld(): Promise<boolean> {
    return tools.locks?.query().then(({ held }) => held?.some((lock) => lock.name === name) === true, () => true) ?? Promise.resolve(true);
  }

  // its lock outlives a page for a moment: this keeps nobody waiting for it, not even itself when it is loaded again
  const onPageHide = (): void => void (role() === 'writer' && mark(name, true));
  addEventListener('pagehide', onPageHide);

  if (channel !== undefined) {
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.from === id) return;
      if (data.type === 'given') {
        given?.();
      } else if (role() === 'writer') {
        setRole('reader');
        void finish().finally(() => channel.postMessage({ type: 'given', from: id } satisfies Word));
      }
    };
  }
  onCleanup(() => {
    removeEventListener('pagehide', onPageHide);
    channel?.close();
    release?.();
  });
  return { role, take };
}

function isMarked(name: string): boolean {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}

function mark(name: string, hasLeft: boolean): void {
  try {
    if (hasLeft) localStorage.setItem(name, 'left');
    else localStorage.removeItem(name);
  } catch {
    // then the next window waits
  }
}

function browserTools(): WindowTools {
  return {
    // absent where the page came over plain HTTP
    locks: (navigator as Partial<Navigator>).locks,
    openChannel: typeof BroadcastChannel === 'undefined' ? undefined : (name) => new BroadcastChannel(name),
  };
}
