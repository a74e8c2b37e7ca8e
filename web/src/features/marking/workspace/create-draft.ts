import { batch, createMemo, createSignal, type Accessor } from 'solid-js';

import { partsPoints } from '#domain/marking/points.ts';

import type { Answer, MarkInput, Rubric } from '../api.ts';
import type { Box, ImageNote } from '../notes/note.ts';
import type { TextNote } from './AnswerText.tsx';
import { pointsFault, type Picks, readPoints, rubricPoints } from './rubric-points.ts';

type Content = Pick<MarkInput, 'points' | 'rubricVersion' | 'selection' | 'parts' | 'comment' | 'annotations' | 'commentIds'>;
type Written = NonNullable<Answer['draft']> | NonNullable<Answer['own']>;

/** Points for one part of an answer, as they are typed. */
export interface PartDraft {
  readonly id: string;
  readonly label: string;
  readonly points: string;
  readonly comment: string;
}

/** The mark that somebody is writing. */
export interface Draft {
  readonly picks: Accessor<Picks>;
  readonly notes: Accessor<readonly TextNote[]>;
  readonly imageNotes: Accessor<readonly ImageNote[]>;
  /** What is said about chosen criteria, by criterion. */
  readonly remarks: Accessor<Readonly<Record<string, string>>>;
  readonly parts: Accessor<readonly PartDraft[]>;
  /** How many chosen lines the rubric does not have any more. */
  readonly gone: Accessor<number>;
  readonly comment: Accessor<string>;
  /** What the field of points shows: by hand, else what the rubric gives. */
  readonly points: Accessor<string>;
  /** What the rubric, or else the parts give; undefined while they give nothing yet. */
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
  setRemark(criterionId: string, text: string): void;
  setParts(parts: readonly Omit<PartDraft, 'id'>[]): void;
  changePart(id: string, change: Partial<PartDraft>): void;
  removePart(id: string): void;
  addNote(note: Omit<TextNote, 'id'>): void;
  /** @returns the id of the note */
  addImageNote(note: Omit<ImageNote, 'id'>): string;
  moveImageNote(id: string, box: Box): void;
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
  const [imageNotes, setImageNotes] = createSignal<readonly ImageNote[]>([]);
  const [remarks, setRemarks] = createSignal<Readonly<Record<string, string>>>({});
  const [parts, setParts] = createSignal<readonly PartDraft[]>([]);
  const [used, setUsed] = createSignal<readonly string[]>([]);
  const [revision, setRevision] = createSignal(0);
  const [begun, setBegun] = createSignal(0);
  let noteCount = 0;
  const nextId = (): string => `n${(noteCount += 1)}`;
  const byRubric = createMemo(() => (answer() === undefined ? undefined : (rubricPoints(answer()!.rubric, picks(), answer()!.maxPoints) ?? pointsOfParts(parts(), answer()!.maxPoints))));
  const points = (): string => typed() ?? byRubric() ?? '';
  const change = (work: () => void): void => batch(() => (work(), void setRevision(revision() + 1)));

  return {
    picks, notes, imageNotes, remarks, parts, comment, points, byRubric,
    gone: () => {
      const written = answer()?.draft ?? answer()?.own;
      return (written?.selection ?? []).filter(({ criterionId }) => !answer()!.rubric.criteria.some(({ id }) => id === criterionId)).length;
    },
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
    setRemark: (criterionId, text) => change(() => setRemarks({ ...remarks(), [criterionId]: text })),
    setParts: (next) => change(() => {
      setParts(next.map((part) => ({ ...part, id: nextId() })));
      setTyped(undefined);
    }),
    changePart: (id, part) => change(() => {
      setParts(parts().map((one) => (one.id === id ? { ...one, ...part } : one)));
      // who goes on with the parts wants their sum again
      if (part.points !== undefined) setTyped(undefined);
    }),
    removePart: (id) => change(() => setParts(parts().filter((one) => one.id !== id))),
    addNote: (note) => change(() => setNotes([...notes(), { ...note, id: nextId() }])),
    addImageNote(note) {
      const id = nextId();
      change(() => setImageNotes([...imageNotes(), { ...note, id }]));
      return id;
    },
    moveImageNote: (id, { x, y, width, height }) => change(() => setImageNotes(imageNotes().map((note) => (note.id === id ? { ...note, x, y, width, height } : note)))),
    removeNote: (id) => change(() => {
      setNotes(notes().filter((note) => note.id !== id));
      setImageNotes(imageNotes().filter((note) => note.id !== id));
    }),
    begin: (next) => batch(() => {
      const written: Written | null = next.draft ?? next.own;
      setAnswer(next);
      setPicks(picksOf(next.rubric, written));
      setComment(written?.comment ?? '');
      setRemarks(Object.fromEntries((written?.selection ?? []).flatMap(({ criterionId, comment: said }) => (said === null ? [] : [[criterionId, said]]))));
      setParts((written?.parts ?? []).map(({ label, points: given, comment: said }) => ({ id: nextId(), label, points: given, comment: said ?? '' })));
      const annotations = written?.annotations ?? [];
      setNotes(annotations.filter(({ kind }) => kind === 'text').map(({ start = 0, end = 0, note, tone = 'neutral', criterionId = null }) => ({ id: nextId(), start, end, note, tone, criterionId })));
      setImageNotes(annotations.filter(({ kind }) => kind === 'image').map(({ fileId = null, x = 0, y = 0, width = 0, height = 0, note, tone = 'neutral', criterionId = null }) => ({ id: nextId(), fileId, x, y, width, height, note, tone, criterionId })));
      setUsed([]);
      const stored = written?.points ?? undefined;
      setTyped(stored === byRubric() ? undefined : stored);
      setBegun(revision());
    }),
    content: () => {
      const { rubric } = answer()!;
      const hasPicks = Object.keys(picks()).length > 0;
      const said = (text: string | undefined): string | null => (text === undefined || text.trim() === '' ? null : text.trim());
      const kept = parts().filter((part) => pointsOfParts([part], answer()!.maxPoints) !== undefined);
      return {
        points: typed() === undefined || pointsFault(typed()!, answer()!.maxPoints) !== undefined ? null : readPoints(typed()!),
        rubricVersion: hasPicks ? rubric.version : null,
        selection: hasPicks ? Object.entries(picks()).map(([criterionId, pick]) => ({ criterionId, levelId: pick === true ? null : pick, comment: said(remarks()[criterionId]) })) : null,
        parts: kept.length === 0 ? null : kept.map(({ label, points: given, comment: words }) => ({ label: label.trim(), points: readPoints(given), comment: said(words) })),
        comment: comment().trim() === '' ? null : comment(),
        annotations: [
          ...notes().map(({ start, end, note, tone, criterionId }) => ({ kind: 'text' as const, start, end, note, tone, ...(criterionId === null ? {} : { criterionId }) })),
          ...imageNotes().map(({ fileId, x, y, width, height, note, tone, criterionId }) => ({ kind: 'image' as const, fileId, x, y, width, height, note, tone, ...(criterionId === null ? {} : { criterionId }) })),
        ],
        commentIds: [...used()],
      };
    },
  };
}

/** The sum of the parts; undefined without any, and while one has no name or no points. */
function pointsOfParts(parts: readonly PartDraft[], max: string): string | undefined {
  if (parts.length === 0 || parts.some(({ label, points }) => label.trim() === '' || !/^-?\d+(\.\d{1,4})?$/.test(readPoints(points)))) return undefined;
  return partsPoints(parts.map(({ label, points, comment }) => ({ label, points: readPoints(points), comment })), max);
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
