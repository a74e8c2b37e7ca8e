import { batch, createMemo, createSignal, type Accessor } from 'solid-js';

import type { Answer, MarkInput, Rubric } from '../api.ts';
import type { TextNote } from './AnswerText.tsx';
import { pointsFault, type Picks, readPoints, rubricPoints } from './rubric-points.ts';

type Content = Pick<MarkInput, 'points' | 'rubricVersion' | 'selection' | 'parts' | 'comment' | 'annotations' | 'commentIds'>;
type Written = NonNullable<Answer['draft']> | NonNullable<Answer['own']>;

/** The mark that somebody is writing. */
export interface Draft {
  readonly picks: Accessor<Picks>;
  readonly notes: Accessor<readonly TextNote[]>;
  readonly comment: Accessor<string>;
  /** What the field of points shows: by hand, else what the rubric gives. */
  readonly points: Accessor<string>;
  /** What the rubric gives; undefined while it gives nothing yet. */
  readonly byRubric: Accessor<string | undefined>;
  readonly isByHand: Accessor<boolean>;
  readonly fault: Accessor<ReturnType<typeof pointsFault>>;
  /** Something was changed since it was taken in. */
  readonly isChanged: Accessor<boolean>;
  /** Grows with every change. */
  readonly revision: Accessor<number>;
  pick(criterionId: string, levelId?: string): void;
  setPoints(typed: string | undefined): void;
  setComment(text: string, commentId?: string): void;
  addNote(note: Omit<TextNote, 'id'>): void;
  removeNote(id: string): void;
  /** Begins with what was written before, or with nothing. */
  begin(answer: Answer): void;
  content(): Content;
}

/** Holds the mark that is being written for one answer: rubric, points, comment, notes. */
export function createDraft(): Draft {
  const [answer, setAnswer] = createSignal<Answer>();
  const [picks, setPicks] = createSignal<Picks>({});
  const [typed, setTyped] = createSignal<string>();
  const [comment, setComment] = createSignal('');
  const [notes, setNotes] = createSignal<readonly TextNote[]>([]);
  const [used, setUsed] = createSignal<readonly string[]>([]);
  const [revision, setRevision] = createSignal(0);
  const [begun, setBegun] = createSignal(0);
  let noteCount = 0;
  const byRubric = createMemo(() => (answer() === undefined ? undefined : rubricPoints(answer()!.rubric, picks(), answer()!.maxPoints)));
  const points = (): string => typed() ?? byRubric() ?? '';
  const change = (work: () => void): void => batch(() => (work(), void setRevision(revision() + 1)));

  return {
    picks, notes, comment, points, byRubric,
    isByHand: () => typed() !== undefined && readPoints(typed()!) !== byRubric(),
    fault: () => pointsFault(points(), answer()?.maxPoints ?? '0'),
    isChanged: () => revision() > begun(),
    revision,
    pick: (criterionId, levelId) => change(() => {
      const { [criterionId]: before, ...rest } = picks();
      const next = levelId ?? true;
      setPicks(before === next ? rest : { ...rest, [criterionId]: next });
      // who goes on with the rubric wants its points again
      setTyped(undefined);
    }),
    setPoints: (text) => change(() => void setTyped(text)),
    setComment: (text, commentId) => change(() => {
      setComment(text);
      if (commentId !== undefined) setUsed([...new Set([...used(), commentId])]);
    }),
    addNote: (note) => change(() => setNotes([...notes(), { ...note, id: `n${(noteCount += 1)}` }])),
    removeNote: (id) => change(() => setNotes(notes().filter((note) => note.id !== id))),
    begin: (next) => batch(() => {
      const written: Written | null = next.draft ?? next.own;
      setAnswer(next);
      setPicks(picksOf(next.rubric, written));
      setComment(written?.comment ?? '');
      setNotes((written?.annotations ?? []).filter(({ kind }) => kind === 'text').map(({ start = 0, end = 0, note, tone = 'neutral', criterionId = null }) => ({ id: `n${(noteCount += 1)}`, start, end, note, tone, criterionId })));
      setUsed([]);
      const stored = written?.points ?? undefined;
      setTyped(stored === byRubric() ? undefined : stored);
      setBegun(revision());
    }),
    content: () => {
      const { rubric, draft, own } = answer()!;
      const hasPicks = Object.keys(picks()).length > 0;
      const earlier = (draft ?? own)?.annotations ?? [];
      return {
        points: typed() === undefined || pointsFault(typed()!, answer()!.maxPoints) !== undefined ? null : readPoints(typed()!),
        rubricVersion: hasPicks ? rubric.version : null,
        selection: hasPicks ? Object.entries(picks()).map(([criterionId, pick]) => ({ criterionId, levelId: pick === true ? null : pick })) : null,
        // parts and remarks on images are kept as they came
        parts: (draft ?? own)?.parts ?? null,
        comment: comment().trim() === '' ? null : comment(),
        annotations: [
          ...notes().map(({ start, end, note, tone, criterionId }) => ({ kind: 'text' as const, start, end, note, tone, ...(criterionId === null ? {} : { criterionId }) })),
          ...earlier.filter(({ kind }) => kind === 'image').map(({ fileId = null, x = 0, y = 0, width = 0, height = 0, note, tone, criterionId = null }) => ({ kind: 'image' as const, fileId, x, y, width, height, note, criterionId, ...(tone === undefined ? {} : { tone }) })),
        ],
        commentIds: [...used()],
      };
    },
  };
}

// what a rubric has lost since is no choice any more
function picksOf(rubric: Rubric, written: Written | null): Picks {
  const found: Record<string, string | true> = {};
  for (const { criterionId, levelId } of written?.selection ?? []) {
    const criterion = rubric.criteria.find(({ id }) => id === criterionId);
    if (criterion === undefined) continue;
    if (rubric.kind === 'additive') found[criterionId] = true;
    else if (levelId !== null && criterion.levels?.some(({ id }) => id === levelId)) found[criterionId] = levelId;
  }
  return found;
}
