import { formatTime } from '#web/lib/format.ts';

/** Milliseconds of an instant, three digits. */
export function millisOf(at: string | number): string {
  return String(new Date(at).getUTCMilliseconds()).padStart(3, '0');
}

/** "10:15:00.016". */
export function exactTime(at: string | number): string {
  return `${formatTime(at, { seconds: true })}.${millisOf(at)}`;
}

/**
 * A signed length as a clock: "+ 4:47", "− 0:30", "+ 1:00:00", with milliseconds where there are any: "+ 4:47.006".
 * @param ms milliseconds
 */
export function signedClock(ms: number): string {
  return `${ms < 0 ? '−' : '+'} ${clock(Math.abs(ms))}`;
}

/** A length as a clock: "4:47", "1:02:03", "0:00.388". @param ms milliseconds, at least 0 */
export function clock(ms: number): string {
  const whole = Math.floor(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = ms % 1_000 === 0 ? '' : `.${String(ms % 1_000).padStart(3, '0')}`;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}${rest}`;
}
