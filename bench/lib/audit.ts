import type { SessionReply } from '#bench/lib/replies.ts';
import type { Sitter } from '#bench/lib/sitter.ts';
import { inParallel } from '#bench/lib/sleep.ts';

/** What reading back every answer showed. */
export interface AnswerAudit {
  /** Acknowledged saves that are not there. */
  readonly lost: number;
  /** Stored answers whose time is at or after the cut-off of their session. */
  readonly late: number;
  readonly details: readonly string[];
}

/** Reads every session back over HTTP, as its student, and compares it with what was acknowledged. */
export async function auditAnswers(sitters: readonly Sitter[], graceSeconds: number): Promise<AnswerAudit> {
  const details: string[] = [];
  let lost = 0;
  let late = 0;
  await inParallel(sitters.filter((sitter) => sitter.sessionId !== ''), 8, async (sitter) => {
    const body = await sitter.person.call<SessionReply>('GET', `/sessions/${sitter.sessionId}`);
    const stored = new Map(body.answers.map((answer) => [answer.itemId, answer]));
    const cutoffMs = Date.parse(body.session.deadlineAt) + graceSeconds * 1000;
    for (const [itemId, acknowledged] of sitter.acknowledged) {
      const answer = stored.get(itemId);
      const kept = answer !== undefined && (answer.revision > acknowledged.revision
        || (answer.revision === acknowledged.revision && sameJson(answer.response, JSON.parse(acknowledged.json))));
      if (kept) continue;
      lost += 1;
      details.push(`session ${sitter.sessionId} item ${itemId}: revision ${acknowledged.revision} was acknowledged, stored is ${JSON.stringify(answer)}`);
    }
    for (const answer of stored.values()) {
      if (Date.parse(answer.savedAt) < cutoffMs) continue;
      late += 1;
      details.push(`session ${sitter.sessionId} item ${answer.itemId}: saved at ${answer.savedAt}, cut-off ${new Date(cutoffMs).toISOString()}`);
    }
  });
  return { lost, late, details };
}

function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b;
  const left = Object.entries(a);
  return left.length === Object.keys(b).length && left.every(([name, value]) => sameJson(value, (b as Record<string, unknown>)[name]));
}
