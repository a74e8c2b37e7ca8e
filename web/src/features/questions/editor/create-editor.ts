import { createMemo, createSignal } from 'solid-js';
import { createStore, produce, reconcile, unwrap } from 'solid-js/store';

import type { FieldError } from '#domain/problem.ts';
import { checkQuestion } from '#domain/questions/check-question.ts';
import type { QuestionContent, QuestionType } from '#domain/questions/types.ts';
import { commandKey } from '#web/lib/http.ts';
import { isProblem } from '#web/lib/problem.ts';

import { createQuestion, type Question, readQuestion, saveQuestion } from '../api.ts';
import { convertDraft, type Draft, draftOf, emptyDraft, inputOf } from './draft.ts';

/** A question under edit, and how it is saved. */
export interface Editor {
  readonly draft: Draft;
  /** The version that the draft stands on; undefined for a new question. */
  readonly stored: () => Question | undefined;
  readonly isDirty: () => boolean;
  readonly isSaving: () => boolean;
  readonly savedAtMs: () => number | undefined;
  readonly errors: () => readonly FieldError[];
  /** A refusal that belongs to no field. */
  readonly problem: () => unknown;
  /** The newer version that somebody else saved. */
  readonly theirs: () => Question | undefined;
  readonly change: (work: (draft: Draft) => void) => void;
  readonly setType: (type: QuestionType) => void;
  /** Puts another content into the form, such as an older version; it is not saved by that. */
  readonly fill: (draft: Draft) => void;
  /** @returns the saved question, or undefined when it was refused */
  readonly save: () => Promise<Question | undefined>;
  /** Drops the draft for the newer version. */
  readonly takeTheirs: () => void;
  /** Saves the draft on top of the newer version. */
  readonly keepMine: () => Promise<Question | undefined>;
  readonly dismissTheirs: () => void;
}

/** Edits a question; without one, a new question. */
export function createEditor(question: Question | undefined, type: QuestionType = 'single-choice'): Editor {
  const [stored, setStored] = createSignal(question);
  const [draft, setDraft] = createStore<Draft>(question === undefined ? emptyDraft(type) : draftOf(question));
  const [base, setBase] = createSignal(print(draft));
  const [isSaving, setSaving] = createSignal(false);
  const [savedAtMs, setSavedAt] = createSignal<number>();
  const [refused, setRefused] = createSignal<readonly FieldError[]>([]);
  const [isTried, setTried] = createSignal(false);
  const [isFresh, setFresh] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [theirs, setTheirs] = createSignal<Question>();
  let key = commandKey();

  const printed = createMemo(() => print(draft));
  const isDirty = createMemo(() => printed() !== base());
  // after a refusal the form judges itself with every change, by the same rules
  const errors = createMemo<readonly FieldError[]>(() => {
    if (!isTried()) return [];
    const found = isFresh() ? refused() : [];
    // a refusal of the shape of one field says nothing about the others
    return [...found, ...check().filter(({ pointer }) => !found.some((error) => error.pointer === pointer))];
  });

  function check(): readonly FieldError[] {
    try {
      const checked = checkQuestion(JSON.parse(printed()) as QuestionContent);
      return checked.ok ? [] : checked.errors;
    } catch {
      // a draft of a shape that the rules do not know is judged by the server alone
      return [];
    }
  }
  function fill(next: Draft): void {
    setDraft(reconcile(next));
    setFresh(false);
  }
  function take(saved: Question): void {
    setStored(saved);
    setDraft(reconcile(draftOf(saved)));
    setBase(print(draft));
    setTried(false);
    setRefused([]);
    setProblem(undefined);
    setTheirs(undefined);
  }
  async function save(onto = stored()): Promise<Question | undefined> {
    if (isSaving()) return undefined;
    setSaving(true);
    setProblem(undefined);
    const sent = printed();
    try {
      const body: unknown = JSON.parse(sent);
      const saved = onto === undefined ? await createQuestion(body, key) : await saveQuestion(onto.id, onto.version, body);
      key = commandKey();
      setSavedAt(Date.parse(saved.updatedAt));
      if (printed() === sent) take(saved);
      else {
        // somebody typed on while it was saved
        setStored(saved);
        setBase(sent);
        setTheirs(undefined);
      }
      return saved;
    } catch (thrown) {
      await refuse(thrown, onto);
      return undefined;
    } finally {
      setSaving(false);
    }
  }
  async function refuse(thrown: unknown, onto: Question | undefined): Promise<void> {
    if (isProblem(thrown, 'version-conflict') && onto !== undefined) {
      await readQuestion(onto.id).then(setTheirs, setProblem);
    } else if (isProblem(thrown, 'validation-failed') && thrown.errors.length > 0) {
      key = commandKey();
      setRefused(thrown.errors);
      setTried(true);
      setFresh(true);
    } else {
      setProblem(thrown);
    }
  }
  return {
    draft,
    stored,
    isDirty,
    isSaving,
    savedAtMs,
    errors,
    problem,
    theirs,
    change(work) {
      setFresh(false);
      setDraft(produce(work));
    },
    setType: (next) => fill(convertDraft(structuredClone(unwrap(draft)), next)),
    fill,
    save: () => save(),
    takeTheirs() {
      const newer = theirs();
      if (newer !== undefined) take(newer);
    },
    keepMine: () => save(theirs()),
    dismissTheirs: () => setTheirs(undefined),
  };
}

/** What would be sent: two drafts that print the same are the same. */
function print(draft: Draft): string {
  // every member is read through the store, so that it is tracked
  return JSON.stringify(inputOf(JSON.parse(JSON.stringify(draft)) as Draft));
}
