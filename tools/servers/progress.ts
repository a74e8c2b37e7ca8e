/** Takes one line for a person to read. */
export type Say = (line: string) => void;

const FIRST_MS = 2_000;
const NEXT_MS = 5_000;

/**
 * Runs something that may take long: after two seconds it is said what and why, then every five seconds how far it is.
 * @param state a few words on how far it is, for example a count
 */
export async function withProgress<T>(say: Say, what: string, work: () => Promise<T>, state?: () => string): Promise<T> {
  const begunMs = performance.now();
  let told = false;
  const seconds = (): number => Math.round((performance.now() - begunMs) / 1000);
  const tell = (): void => {
    const detail = state?.();
    say(told ? `… ${what.split(',')[0]}: ${seconds()} s${detail ? `, ${detail}` : ''}` : what);
    told = true;
    timer = setTimeout(tell, NEXT_MS);
  };
  let timer = setTimeout(tell, FIRST_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (told) say(`✓ ${what.split(',')[0]}: ${seconds()} s`);
  }
}
