import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { ownerSeen } from '#api/questions/policy.ts';
import { questionExportQuery } from '#contracts/questions.ts';
import { listQuestions } from '#db/questions/questions.ts';
import type { StoredQuestion } from '#db/questions/rows.ts';
import { writeGift } from '#domain/questions/gift/write.ts';
import { z } from 'zod';

/** Most questions of one file. */
const MAX_EXPORTED = 10_000;

/** The bank as a file; listed before the routes with a question id. */
export const questionExportRoute: Route = defineRoute({
  method: 'get', path: '/questions/export', tag: 'questions', summary: 'Write questions into a file',
  description: 'The filters of the list narrow it. What the format can not carry stands in comments at its head.',
  access: ['teacher', 'admin'],
  query: questionExportQuery,
  replies: { 200: z.string() },
  mediaTypes: { 200: 'text/plain' },
  async handle({ actor, query, db }) {
    const owner = ownerSeen(actor);
    const foreign = owner !== null && query.createdBy !== undefined && query.createdBy !== owner;
    const page = { sort: 'createdAt', descending: false, after: undefined, limit: MAX_EXPORTED } as const;
    const { items } = foreign ? { items: [] } : await listQuestions(db, { ...query, createdBy: owner ?? query.createdBy }, page);
    return reply(200, giftFile(items), {
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Disposition': 'attachment; filename="questions.gift"', 'Cache-Control': 'no-store' },
    });
  },
});

function giftFile(questions: readonly StoredQuestion[]): string {
  const { text, notes } = writeGift(
    questions.map(({ content, meta }) => ({
      question: content,
      category: [meta.subject, meta.topic].filter((name) => name !== null),
      tags: meta.tags,
    })),
  );
  const head = notes.map((note) => `// Question ${note.index + 1} (${questions[note.index]!.id}): ${note.message}`);
  return head.length === 0 ? text : `${head.join('\n')}\n\n${text}`;
}
