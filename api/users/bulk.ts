import { hashPassword } from '#api/auth/passwords.ts';
import { fieldErrors } from '#api/http/problem.ts';
import { userRowSchema } from '#contracts/people.ts';
import type { BulkOutcome, HashedRow } from '#db/people/bulk.ts';

/** Sorts rows into those that can be looked at and those of the wrong shape, and hashes the passwords that they set. */
export async function judgeRows(rows: readonly unknown[]): Promise<{ rows: readonly HashedRow[]; refused: readonly BulkOutcome[] }> {
  const refused: BulkOutcome[] = [];
  const hashing: Promise<HashedRow>[] = [];
  for (const [index, row] of rows.entries()) {
    const parsed = userRowSchema.safeParse(row);
    if (!parsed.success) {
      refused.push({ index, verdict: 'refuse', code: 'validation-failed', errors: fieldErrors(parsed.error, `/rows/${index}`) });
      continue;
    }
    const { password, ...values } = parsed.data;
    hashing.push(hashed(index, values, password));
  }
  return { rows: await Promise.all(hashing), refused };
}

/** The reply: a verdict for each row in the order of the request, and how many of each there are. */
export function presentOutcomes(outcomes: readonly BulkOutcome[]) {
  const results = outcomes.toSorted((a, b) => a.index - b.index).map(presentOutcome);
  const count = (verdict: string): number => results.filter((result) => result.verdict === verdict).length;
  return { results, counts: { created: count('created'), updated: count('updated'), refused: count('refused') } };
}

function presentOutcome(outcome: BulkOutcome) {
  if (outcome.verdict !== 'refuse') return { index: outcome.index, verdict: outcome.verdict, id: outcome.id };
  return { index: outcome.index, verdict: 'refused' as const, code: outcome.code, errors: [...outcome.errors] };
}

async function hashed(index: number, values: HashedRow['values'], password: string | undefined): Promise<HashedRow> {
  return { index, values, passwordHash: password === undefined ? undefined : await hashPassword(password, 'bulk') };
}
