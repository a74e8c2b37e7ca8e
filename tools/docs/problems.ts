import { PROBLEMS } from '#contracts/problems.ts';

/** `docs/problems.md`, made from the table of problem codes. */
export function problemsDocument(): string {
  const entries = Object.entries(PROBLEMS).map(([code, { status, title, help }]) => `## ${code}\n\n${status} · ${title}. ${help}\n`);
  return [
    '# Problems',
    '',
    'Every error of the API is `application/problem+json` (RFC 9457): `{type, title, status, detail, instance, code, requestId, errors?}`.',
    '`type` points to this list, `detail` says what to do in this case, `errors` names every wrong field with a JSON pointer.',
    '',
    ...entries,
  ].join('\n');
}
