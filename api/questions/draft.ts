import { invalid } from '#api/http/problem.ts';
import { sanitizeTexts } from '#api/questions/sanitize.ts';
import { splitQuestion } from '#api/questions/split.ts';
import type { QuestionIn } from '#contracts/questions.ts';
import type { Queryable } from '#db/connection.ts';
import { selectKnownMedia } from '#db/questions/media.ts';
import type { QuestionDraft, QuestionOrigin } from '#db/questions/rows.ts';
import type { FieldError } from '#domain/problem.ts';
import { checkQuestion } from '#domain/questions/check-question.ts';
import type { QuestionContent } from '#domain/questions/types.ts';

/**
 * Turns a question of a request into what the bank stores: HTML sanitised, everything checked.
 * @throws validation-failed with a pointer to every wrong field
 */
export async function draftOf(q: Queryable, input: QuestionIn, origin: QuestionOrigin): Promise<QuestionDraft> {
  const draft = splitQuestion(sanitizeTexts(input), origin);
  const checked = checkQuestion(draft.content);
  const errors = [...(checked.ok ? [] : checked.errors), ...(await mediaErrors(q, draft.content))];
  if (errors.length > 0) throw invalid(errors);
  return draft;
}

async function mediaErrors(q: Queryable, content: QuestionContent): Promise<FieldError[]> {
  const media = content.media ?? [];
  if (media.length === 0) return [];
  const known = await selectKnownMedia(q, media.map((entry) => entry.id));
  const errors = media.flatMap((entry, index) => (known.has(entry.id) ? [] : [{ pointer: `/media/${index}/id`, message: 'is not the id of a stored medium' }]));
  const first = media[0] === undefined ? undefined : known.get(media[0].id);
  if (content.type === 'hot-spot' && first !== undefined && !first.startsWith('image/')) {
    errors.push({ pointer: '/media/0/id', message: 'must be an image: the places are marked on it' });
  }
  return errors;
}
