import type { ReleasableMarking } from '#db/grading/released.ts';
import type { ResultVisibility } from '#db/grading/gate.ts';

import type { ItemPart, SetText } from './document.ts';
import { type Block, inlines, type Inline } from './text/blocks.ts';
import type { Speech } from './words.ts';

type Parts = ItemPart['parts'];

/** What graders said beside points and comment, for somebody who may read feedback: points only with the score, own words only with the items. */
export function markingOf({ rubric, parts, annotations }: ReleasableMarking, { score, items }: Pick<ResultVisibility, 'score' | 'items'>, speech: Speech): Parts {
  const { words } = speech;
  const worth = (points: string | null | undefined): string => (score && points != null ? ` (${speech.say('pointsShort', { points: speech.number(points) })})` : '');
  const criteria = (rubric?.criteria ?? []).map(({ label, level, points, comment }) => entry(label, `${level === null ? '' : `: ${level}`}${worth(points)}`, comment));
  const pieces = (parts ?? []).map(({ label, points, comment }) => entry(label, worth(points), comment));
  const remarks = annotations.map((annotation) => {
    const about = annotation.kind === 'text' && items && annotation.quote !== undefined ? `“${annotation.quote}”` : annotation.kind === 'image' ? words.place : words.passage;
    return entry(about, worth(annotation.points), annotation.note);
  });
  return [
    ...listed(words.rubric, criteria),
    ...listed(words.parts, pieces),
    ...listed(words.remarks, remarks),
  ];
}

function listed(label: string, blocks: readonly Block[]): Parts {
  if (blocks.length === 0) return [];
  const text: SetText = { rtl: false, blocks };
  return [{ label, strong: false, text }];
}

function entry(what: string, after: string, comment: string | null): Block {
  const r: Inline[] = [...inlines(what, { bold: true }), ...inlines(after, {})];
  if (comment !== null && comment.trim() !== '') r.push({ t: 'break' }, ...comment.trim().split('\n').flatMap((line, index): Inline[] => (index === 0 ? inlines(line, {}) : [{ t: 'break' }, ...inlines(line, {})])));
  return { b: 'item', mark: '•', depth: 0, r };
}
