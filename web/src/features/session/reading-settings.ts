import { createSignal } from 'solid-js';

/** Size of the text of questions. */
export const TEXT_SIZES = ['small', 'normal', 'large', 'largest'] as const;
/** Room between letters, words and lines of questions. */
export const SPACINGS = ['normal', 'wide', 'widest'] as const;
/** Colour of the paper; each is a token `--tint-<name>` but `plain`. */
export const TINTS = ['plain', 'cream', 'blue', 'green', 'rose'] as const;
/** Minutes before the end at which a student can be told, the exam's own ones among them. */
export const WARNING_MINUTES = [10, 5, 1] as const;

/** How a student wants to read questions; kept on this device. */
export interface ReadingSettings {
  readonly size: (typeof TEXT_SIZES)[number];
  readonly spacing: (typeof SPACINGS)[number];
  readonly tint: (typeof TINTS)[number];
  /** Minutes before the end at which the student wants to be told. */
  readonly warnMinutes: readonly number[];
}

const KEY = 'holdfast.reading';
const DEFAULTS: ReadingSettings = { size: 'normal', spacing: 'normal', tint: 'plain', warnMinutes: WARNING_MINUTES };

const [settings, setSettings] = createSignal<ReadingSettings>(kept());

/** How this student reads questions. */
export const readingSettings = settings;

/** Changes some of it and keeps it on this device. */
export function changeReadingSettings(change: Partial<ReadingSettings>): void {
  setSettings((before) => ({ ...before, ...change }));
  try {
    localStorage.setItem(KEY, JSON.stringify(settings()));
  } catch {
    // a browser that keeps nothing still shows it until the page is closed
  }
}

/** Reads what was kept; whatever is not known any more falls back. */
export function parseReadingSettings(text: string | null): ReadingSettings {
  try {
    const { size, spacing, tint, warnMinutes } = JSON.parse(text ?? '{}') as Partial<Record<keyof ReadingSettings, unknown>>;
    return {
      size: oneOf(TEXT_SIZES, size) ?? DEFAULTS.size,
      spacing: oneOf(SPACINGS, spacing) ?? DEFAULTS.spacing,
      tint: oneOf(TINTS, tint) ?? DEFAULTS.tint,
      warnMinutes: Array.isArray(warnMinutes) ? WARNING_MINUTES.filter((minutes) => warnMinutes.includes(minutes)) : DEFAULTS.warnMinutes,
    };
  } catch {
    return DEFAULTS;
  }
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((known) => known === value);
}

function kept(): ReadingSettings {
  try {
    return parseReadingSettings(localStorage.getItem(KEY));
  } catch {
    return DEFAULTS;
  }
}

// another tab, such as the system check beside the exam, may change it
addEventListener('storage', ({ key, newValue }) => {
  if (key === KEY) setSettings(parseReadingSettings(newValue));
});
