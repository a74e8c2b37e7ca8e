import type { PaperItem, ResponseByType } from '#domain/questions/types.ts';

import { htmlOf, htmlText, plainText } from './responses/plain-text.ts';

/** What a response says, as plain text; for comparing, copying and reading. */
export function describeResponse(item: PaperItem | undefined, response: unknown): string {
  if (response === null || response === undefined) return '';
  if (item === undefined) return describeUnknown(response);
  const of = <Type extends keyof ResponseByType>(): ResponseByType[Type] => response as ResponseByType[Type];
  const nameOf = (options: readonly { id: string; text: Parameters<typeof plainText>[0] }[], id: string | undefined): string => {
    const option = options.find((one) => one.id === id);
    return option === undefined ? '' : plainText(option.text);
  };
  switch (item.type) {
    case 'single-choice': return nameOf(item.options, of<'single-choice'>().optionId);
    case 'multiple-choice': return of<'multiple-choice'>().optionIds.map((id) => nameOf(item.options, id)).join('\n');
    case 'true-false': return String(of<'true-false'>().value);
    case 'short-text': case 'code': return of<'code'>().text;
    case 'numeric': return [of<'numeric'>().value, of<'numeric'>().unit].filter(Boolean).join(' ');
    case 'essay': return of<'essay'>().format === 'html' ? htmlText(of<'essay'>().text) : of<'essay'>().text;
    case 'matching': return item.options.left.map((row) => `${plainText(row.text)} – ${nameOf(item.options.right, of<'matching'>().pairs[row.id])}`).join('\n');
    case 'ordering': return of<'ordering'>().order.map((id, at) => `${at + 1}. ${nameOf(item.options, id)}`).join('\n');
    case 'cloze': return Object.entries(of<'cloze'>().gaps).map(([id, gap]) => `${id}: ${describeGap(item.options.gaps[id], gap)}`).join('\n');
    case 'hot-spot': return of<'hot-spot'>().points.map(([x, y]) => `${Math.round(x * 100)} %, ${Math.round(y * 100)} %`).join('\n');
    case 'file-upload': return of<'file-upload'>().fileIds.join('\n');
  }
}

/** Whether two versions of a response can stand one after the other. */
export function canBeJoined(item: PaperItem | undefined): boolean {
  return item?.type === 'essay' || item?.type === 'code';
}

/** Both versions in one, what is stored first. */
export function joinResponses(item: PaperItem, stored: unknown, own: unknown): unknown {
  if (stored === null) return own;
  if (own === null) return stored;
  if (item.type === 'code') {
    const [first, second] = [stored, own] as [ResponseByType['code'], ResponseByType['code']];
    return { ...second, text: `${first.text}\n\n${second.text}` };
  }
  const asHtml = (value: unknown): string => {
    const { text, format } = value as ResponseByType['essay'];
    return format === 'html' ? text : htmlOf(text);
  };
  return { text: asHtml(stored) + asHtml(own), format: 'html' };
}

function describeGap(gap: unknown, response: unknown): string {
  const value = (response ?? {}) as { text?: string; value?: string; unit?: string; optionId?: string };
  if (value.optionId !== undefined) {
    const { options = [] } = gap as { options?: readonly { id: string; text: Parameters<typeof plainText>[0] }[] };
    const option = options.find(({ id }) => id === value.optionId);
    return option === undefined ? '' : plainText(option.text);
  }
  return value.text ?? [value.value, value.unit].filter(Boolean).join(' ');
}

function describeUnknown(response: unknown): string {
  const { text, format, value } = response as { text?: unknown; format?: unknown; value?: unknown };
  if (typeof text === 'string') return format === 'html' ? htmlText(text) : text;
  return typeof value === 'string' ? value : JSON.stringify(response);
}
