// What runs in the pages is text: this folder is checked without the types of a browser.

/** What the scripts leave in a page. */
export interface Installed {
  readonly usableAtMs?: number;
  takeInputs(): Inputs;
  sitOneMinute(turns: number, text: string): Promise<number>;
}

/** How long inputs took, ms. */
export interface Inputs {
  readonly reported: number[];
  readonly frames: number[];
}

/** Notes in `usableAtMs` when, since the navigation, an option of a question was painted, enabled and in front. */
export const WATCH_USABLE = `(() => {
  const look = () => {
    const label = document.querySelector('article.Question input:enabled')?.closest('label');
    const box = label?.getBoundingClientRect();
    if (box === undefined || !label.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { globalThis.usableAtMs = performance.now(); };
    port2.postMessage(0);
  };
  requestAnimationFrame(look);
})()`;

/**
 * Keeps how long inputs took until they were painted: `reported` by the event timing of the browser, in steps of 8 ms and only
 * above 16, and `frames` from the time of every input to the end of the frame that came after it.
 */
export const WATCH_INPUTS = `(() => {
  const reported = new Map();
  let frames = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) if (interactionId > 0) reported.set(interactionId, Math.max(reported.get(interactionId) ?? 0, duration));
  }).observe({ type: 'event', durationThreshold: 16 });
  for (const type of ['keydown', 'pointerup']) addEventListener(type, ({ timeStamp }) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => frames.push(performance.now() - timeStamp);
    port2.postMessage(0);
  }), { capture: true });
  globalThis.takeInputs = () => {
    const taken = { reported: [...reported.values()], frames };
    reported.clear();
    frames = [];
    return taken;
  };
})()`;

/** Leaves `sitOneMinute`: turns pages, chooses where there is something to choose, and writes at the first essay, letter by letter, as keys do. */
export const INSTALL_SITTER = `(() => {
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const write = async (editor, text) => {
    editor.focus();
    const selection = getSelection();
    selection.selectAllChildren(editor);
    if (editor.textContent.length > 1200) document.execCommand('delete');
    else selection.collapseToEnd();
    for (const [index, key] of [...text].entries()) {
      editor.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      document.execCommand('insertText', false, key);
      editor.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true }));
      if (index % 10 === 9) await rest(0);
    }
  };
  globalThis.sitOneMinute = async (turns, text) => {
    let keys = 0;
    for (let turn = 0; turn < turns; turn += 1) {
      const editor = document.querySelector('article.Question [contenteditable=true]');
      const inputs = document.querySelectorAll('article.Question input:enabled');
      if (editor !== null && keys === 0) {
        await write(editor, text);
        keys = text.length;
      }
      inputs[turn % inputs.length]?.click();
      await rest(20);
      const next = document.querySelector('.Sit__foot > button:last-child');
      (next.disabled ? document.querySelector('.Navigator__cell') : next).click();
      await rest(20);
    }
    document.querySelector('.Sit__notices .Banner__actions button')?.click();
    return keys;
  };
})()`;
