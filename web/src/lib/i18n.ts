import { type BaseRecordDict, resolveTemplate, type Translator, translator } from '@solid-primitives/i18n';
import { createEffect, createRoot, createSignal } from 'solid-js';

/** Languages that there are texts in; English is complete, others fall back to it text by text. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

/** Code of a language. */
export type Language = keyof typeof LANGUAGES;

/** Texts of a part of the app in every language: English at once, others when they are asked for. */
export interface Messages<Dict extends BaseRecordDict> {
  readonly en: Dict;
  readonly load: Partial<Record<Language, () => Promise<{ default: Partial<Dict> }>>>;
}

const KEY = 'holdfast.language';
const [language, setLanguage] = createSignal<Language>(initialLanguage());

/** The language of the page. */
export const currentLanguage = language;

/** Changes the language and keeps it on this device. */
export function chooseLanguage(next: Language): void {
  setLanguage(next);
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // a browser that keeps nothing still shows the language until the page is closed
  }
}

createRoot(() => createEffect(() => (document.documentElement.lang = language())));

/** Declares the texts of a part of the app. */
export function defineMessages<Dict extends BaseRecordDict>({ en, ...load }: { readonly en: Dict; readonly de?: () => Promise<{ default: Partial<NoInfer<Dict>> }> }): Messages<Dict> {
  return { en, load };
}

const loaded = new WeakMap<object, Map<Language, () => BaseRecordDict>>();

/** The texts of a part of the app, in the language of the page: `t('saved', { time })` for "Saved {{ time }}". */
export function useMessages<Dict extends BaseRecordDict>(messages: Messages<Dict>): Translator<Dict> {
  return translator(() => dictionary(messages, language()) as never, resolveTemplate) as unknown as Translator<Dict>;
}

/** Waits until texts are there in the language of the page; for what is built of them once. Resolves also where they can not be had. */
export async function textsLoaded<Dict extends BaseRecordDict>(messages: Messages<Dict>): Promise<void> {
  dictionary(messages, language());
  await messages.load[language()]?.().catch(() => undefined);
}

function dictionary<Dict extends BaseRecordDict>(messages: Messages<Dict>, code: Language): BaseRecordDict {
  const load = messages.load[code];
  if (load === undefined) return messages.en;
  const byLanguage = loaded.get(messages) ?? new Map<Language, () => BaseRecordDict>();
  loaded.set(messages, byLanguage);
  let read = byLanguage.get(code);
  if (read === undefined) {
    const [found, setFound] = createSignal<BaseRecordDict>(messages.en);
    read = found;
    byLanguage.set(code, read);
    // until it is there, or when the network is away, English shows
    load().then(({ default: texts }) => setFound({ ...messages.en, ...texts } as BaseRecordDict), () => byLanguage.delete(code));
  }
  return read();
}

function initialLanguage(): Language {
  const kept = keptLanguage();
  const wanted = [kept, ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return (wanted.find((code) => code !== undefined && code in LANGUAGES) as Language | undefined) ?? 'en';
}

function keptLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
