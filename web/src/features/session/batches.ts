import type { OutgoingAnswer } from './types.ts';

/** Most answers of one request, by the API. */
const MOST_ANSWERS = 200;
/** Most bytes of one request, a little below the 2 MiB of the API. */
const MOST_BYTES = 2 * 1024 * 1024 - 16 * 1024;
/** Most bytes that may be on their way when a page goes, a little below the 64 KiB of browsers. */
export const KEEPALIVE_BYTES = 60 * 1024;
/** What a request has besides its answers. */
const ENVELOPE_BYTES = 128;

const encoder = new TextEncoder();

/** Bytes of an answer in a request. */
export function sizeOf({ itemId, response, clientSeq, baseRevision }: OutgoingAnswer): number {
  return encoder.encode(JSON.stringify({ itemId, response, clientSeq, baseRevision })).length + 1;
}

/** Packs answers into requests that the API takes. */
export function pack<Answer extends OutgoingAnswer>(answers: readonly Answer[], mostBytes = MOST_BYTES): Answer[][] {
  const batches: Answer[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const answer of answers) {
    const size = sizeOf(answer);
    const batch = batches.at(-1);
    if (batch === undefined || bytes + size > mostBytes || batch.length >= MOST_ANSWERS) {
      batches.push([answer]);
      bytes = ENVELOPE_BYTES + size;
    } else {
      batch.push(answer);
      bytes += size;
    }
  }
  return batches;
}

/**
 * Divides answers for the moment in which a page goes: small ones first, so that as many as possible outlive it.
 * @returns those that fit into what browsers send after the end of a page, and the rest
 */
export function splitForGoodbye<Answer extends OutgoingAnswer>(answers: readonly Answer[]): { readonly survives: Answer[]; readonly rest: Answer[] } {
  const sized = answers.map((answer) => ({ answer, size: sizeOf(answer) })).sort((a, b) => a.size - b.size);
  const survives: Answer[] = [];
  const rest: Answer[] = [];
  let bytes = ENVELOPE_BYTES;
  for (const { answer, size } of sized) {
    if (bytes + size <= KEEPALIVE_BYTES && survives.length < MOST_ANSWERS) {
      survives.push(answer);
      bytes += size;
    } else {
      rest.push(answer);
    }
  }
  return { survives, rest };
}

/** One request carries the texts of one window. */
export function groupByClient<Answer extends { readonly clientId: string }>(answers: readonly Answer[]): Answer[][] {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const group = groups.get(answer.clientId);
    if (group === undefined) groups.set(answer.clientId, [answer]);
    else group.push(answer);
  }
  return [...groups.values()];
}
