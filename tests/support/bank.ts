import type { TestPerson } from '#tests/support/api.ts';
import { checkReply } from '#tests/support/contract.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';

/** A single choice as a request; `more` replaces fields. */
export function singleChoice(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'single-choice',
    text: 'Which planet is nearest to the sun?',
    options: [{ id: 'a', text: 'Mercury' }, { id: 'b', text: 'Venus' }, { id: 'c', text: 'Mars' }],
    key: { optionId: 'a' },
    ...more,
  };
}

/** Adds questions with different texts. @returns their ids */
export async function addQuestions(person: TestPerson, count: number, more: Record<string, unknown> = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const added = await person.post('/questions', singleChoice({ text: `Question ${index} ${crypto.randomUUID()}`, ...more }));
    if (added.status !== 201) throw new Error(`a question was refused: ${JSON.stringify(added.body)}`);
    ids.push(added.body.id);
  }
  return ids;
}

/** Sends a multipart request; the reply is checked against the contract. */
export async function upload(
  api: { readonly url: string }, person: { readonly token: string }, path: string, file: Uint8Array | string | null, fields: Record<string, string> = {}, fileName = 'file.txt',
): Promise<TestReply> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== null) form.append('file', new Blob([typeof file === 'string' ? file : new Uint8Array(file)]), fileName);
  const response = await fetch(`${api.url}/api/v1${path}`, { method: 'POST', headers: { Authorization: `Bearer ${person.token}` }, body: form });
  const reply = { status: response.status, headers: response.headers, body: (await response.json()) as TestBody };
  checkReply('POST', path, reply);
  return reply;
}

/** The UTC wall time so many minutes from now. */
export function wallTimeIn(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19);
}

/** A window in UTC, by minutes from now. */
export function windowIn(fromMinutes: number, toMinutes: number): { localStart: string; localEnd: string; timeZone: string } {
  return { localStart: wallTimeIn(fromMinutes), localEnd: wallTimeIn(toMinutes), timeZone: 'UTC' };
}
