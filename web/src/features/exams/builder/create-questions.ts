import { createEffect, createSignal, type Accessor } from 'solid-js';

import { request } from '#web/lib/http.ts';
import type { Question, QuestionPage } from '#web/features/questions/api.ts';

const AT_ONCE = 100;

/** Questions by id, loaded as they come up. */
export interface KnownQuestions {
  /** The question; null when the bank does not have it, undefined until that is known. */
  readonly get: (questionId: string) => Question | null | undefined;
  readonly note: (question: Question) => void;
}

/** Loads the questions that an exam names, some at a time, each once. */
export function createQuestions(ids: Accessor<readonly string[]>): KnownQuestions {
  const [known, setKnown] = createSignal<ReadonlyMap<string, Question | null>>(new Map());
  const asked = new Set<string>();
  createEffect(() => {
    const missing = ids().filter((id) => !asked.has(id));
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const some = missing.slice(at, at + AT_ONCE);
      for (const id of some) asked.add(id);
      request<QuestionPage>('GET', '/questions', { query: { ids: some.join(','), limit: 200 } }).then(
        ({ items }) => setKnown((before) => new Map([...before, ...some.map((id): [string, null] => [id, null]), ...items.map((question): [string, Question] => [question.id, question])])),
        // asked again with the next change of the list
        () => some.forEach((id) => asked.delete(id)),
      );
    }
  });
  return {
    get: (id) => known().get(id),
    note(question) {
      asked.add(question.id);
      setKnown((before) => new Map(before).set(question.id, question));
    },
  };
}
