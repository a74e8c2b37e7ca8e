import { currentLanguage } from './i18n.ts';

type Instant = string | number;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${currentLanguage()}|${zone ?? ''}|${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (found === undefined) {
    // British English: day before month, 24 hours
    const locale = currentLanguage() === 'en' ? 'en-GB' : currentLanguage();
    found = new Intl.DateTimeFormat(locale, { ...options, ...(zone === undefined ? {} : { timeZone: zone }), hourCycle: 'h23' });
    formats.set(key, found);
  }
  return found;
}

/** "10:42", or "10:42:07" with seconds, in the zone of the reader or another one. */
export function formatTime(at: Instant, { zone, seconds = false }: { zone?: string | undefined; seconds?: boolean } = {}): string {
  return format(zone, { hour: '2-digit', minute: '2-digit', ...(seconds ? { second: '2-digit' } : {}) }).format(new Date(at));
}

/** "Tuesday 16 June 2026". */
export function formatDate(at: Instant, { zone, weekday = 'long' }: { zone?: string | undefined; weekday?: 'long' | 'short' } = {}): string {
  return withoutComma(format(zone, { weekday, day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at)));
}

/** "Tuesday 16 June": for days of this year. */
export function formatDay(at: Instant, { zone, weekday = 'long' }: { zone?: string | undefined; weekday?: 'long' | 'short' } = {}): string {
  return withoutComma(format(zone, { weekday, day: 'numeric', month: 'long' }).format(new Date(at)));
}

/** English does without the comma after the weekday, German does not. */
function withoutComma(date: string): string {
  return currentLanguage() === 'en' ? date.replace(',', '') : date;
}

/** A day in parts, for a calendar leaf: "Fri", "19", "June"; long months are cut. */
export function formatDayParts(at: Instant, zone?: string): { weekday: string; day: string; month: string } {
  const part = (type: Intl.DateTimeFormatPartTypes, month: 'long' | 'short'): string =>
    format(zone, { weekday: 'short', day: 'numeric', month }).formatToParts(new Date(at)).find((entry) => entry.type === type)?.value.replace('.', '') ?? '';
  const month = part('month', 'long');
  return { weekday: part('weekday', 'long'), day: part('day', 'long'), month: month.length > 5 ? part('month', 'short') : month };
}

/** "Tue 16 June 2026, 10:42". */
export function formatDateTime(at: Instant, options: { zone?: string | undefined; seconds?: boolean } = {}): string {
  return `${formatDate(at, { ...options, weekday: 'short' })}, ${formatTime(at, options)}`;
}

/** Short name of a zone at an instant: "CET", "GMT+1". */
export function formatZone(at: Instant, zone?: string): string {
  return format(zone, { timeZoneName: 'short', hour: '2-digit' }).formatToParts(new Date(at)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Zone of the reader's device. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A length of time with its two largest units: "1 h 17 min", "4 min 30 s", "2 days 22 h". @param ms milliseconds */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const parts = [
    { value: Math.floor(seconds / 86_400), unit: 'day' },
    { value: Math.floor(seconds / 3_600) % 24, unit: 'hour' },
    { value: Math.floor(seconds / 60) % 60, unit: 'minute' },
    { value: seconds % 60, unit: 'second' },
  ] as const;
  const first = parts.findIndex(({ value }) => value > 0);
  if (first === -1) return unitText(0, 'second');
  return parts.slice(first, first + 2).filter(({ value }) => value > 0).map(({ value, unit }) => unitText(value, unit)).join(' ');
}

function unitText(value: number, unit: 'day' | 'hour' | 'minute' | 'second'): string {
  if (unit === 'day') return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  return `${value} ${{ hour: 'h', minute: 'min', second: 's' }[unit]}`;
}

/** Time left as a clock: "1:17:04", "4:30". A started second counts. @param ms milliseconds */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '');
}

/** How long ago, or how long until: "3 minutes ago", "in 2 days". */
export function formatRelative(at: Instant, nowMs: number): string {
  const seconds = Math.round((new Date(at).getTime() - nowMs) / 1_000);
  const relative = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' });
  const units = [['day', 86_400], ['hour', 3_600], ['minute', 60]] as const;
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return relative.format(seconds, 'second');
}

/** A number in the language of the page. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(currentLanguage(), options).format(value);
}

/** A size in bytes: "1.4 MB". */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const step = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  return formatNumber(bytes / 1_000 ** step, { style: 'unit', unit: units[step]!, unitDisplay: 'short', maximumFractionDigits: step === 0 ? 0 : 1 });
}
