import { LRUCache } from 'lru-cache';

import type { Queryable } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import type { PaperItem } from '#domain/questions/types.ts';

/** What never changes about a session, as the answer path needs it. */
export interface SessionFacts {
  readonly sessionId: string;
  readonly examId: string;
  readonly studentId: string;
  readonly items: ReadonlyMap<string, PaperItem>;
  readonly forwardOnly: boolean;
  /** Items with an answer, as far as this process knows: only for the progress shown to staff. */
  readonly answered: Set<string>;
}

/** Sessions kept in memory; one is about 10 kB. */
const KEPT_SESSIONS = 10_000;

/** Remembers the facts of sessions, so that a save reads nothing but its own rows. */
export function createSessionFacts(q: Queryable, contents: ContentCache) {
  const kept = new LRUCache<string, Promise<SessionFacts | null>>({ max: KEPT_SESSIONS });

  async function load(sessionId: string): Promise<SessionFacts | null> {
    const { rows } = await q.query<{ exam_id: string; student_id: string; seed: string; answered: string[] }>(
      `select exam_id, student_id, seed::text,
              array(select item_id from answers a where a.session_id = s.id and a.response <> 'null') as answered
         from exam_sessions s where id = $1`,
      [sessionId],
    );
    const row = rows[0];
    if (row === undefined) return null;
    const paper = await contents.paperOf(row.exam_id, row.seed);
    return {
      sessionId,
      examId: row.exam_id,
      studentId: row.student_id,
      items: new Map(paper.sections.flatMap((section) => section.items).map((item) => [item.id, item])),
      forwardOnly: paper.navigation === 'forward',
      answered: new Set(row.answered),
    };
  }

  return {
    /** The facts of a session; null when there is no such session. */
    of(sessionId: string): Promise<SessionFacts | null> {
      const known = kept.get(sessionId);
      if (known !== undefined) return known;
      const loading = load(sessionId);
      kept.set(sessionId, loading);
      // neither an absence nor a failure is worth remembering
      loading.then((facts) => facts ?? kept.delete(sessionId), () => kept.delete(sessionId));
      return loading;
    },
  };
}

export type SessionFactsCache = ReturnType<typeof createSessionFacts>;
