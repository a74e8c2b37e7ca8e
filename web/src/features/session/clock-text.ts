/** Below this the clock counts seconds. */
const SECONDS_FROM_S = 600;

/** What a clock says: hours and minutes first, a running clock in the last ten minutes. */
export type ClockText =
  | { readonly kind: 'minutes'; readonly hours: number; readonly minutes: number }
  | { readonly kind: 'seconds'; readonly text: string };

/** Text of the time that is left. Minutes are whole ones, a started second counts. @param ms milliseconds, 0 or more */
export function clockText(ms: number): ClockText {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds > SECONDS_FROM_S) return { kind: 'minutes', hours: Math.floor(seconds / 3_600), minutes: Math.floor(seconds / 60) % 60 };
  const two = (value: number): string => String(value).padStart(2, '0');
  return { kind: 'seconds', text: `0:${two(Math.floor(seconds / 60))}:${two(seconds % 60)}` };
}
