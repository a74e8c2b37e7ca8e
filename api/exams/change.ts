import { isDeepStrictEqual } from 'node:util';

import { hash, verify } from '@node-rs/argon2';

import { readSections } from '#api/exams/sections.ts';
import { mergeWindow, readWindow } from '#api/exams/window.ts';
import { invalid } from '#api/http/problem.ts';
import type { ExamPatch } from '#contracts/exams.ts';
import type { Origin } from '#db/audit.ts';
import type { Tx } from '#db/connection.ts';
import { selectOptionalExamByExternalId, type StaffExam, updateExam } from '#db/exams/exams.ts';
import type { ExamFields, ResultsSettings, ScanSettings } from '#db/exams/types.ts';
import { type FieldError, Refusal } from '#domain/problem.ts';

/** Everything that a new exam need not say. */
export const EXAM_DEFAULTS: Omit<ExamFields, 'title' | 'durationMinutes'> = {
  externalId: null,
  description: '',
  instructions: '',
  graceSeconds: 10,
  passPercent: null,
  attempts: 1,
  attemptRule: 'best',
  navigation: 'free',
  display: 'one',
  shuffleItems: false,
  shuffleOptions: false,
  lateEntryMinutes: null,
  endRule: 'window',
  accessCodeHash: null,
  proctoring: 'none',
  results: { release: 'manual', releaseAt: null, score: true, items: false, key: false, feedback: false, distribution: false, appealDays: 14 },
  plagiarismScan: { automatic: false, level: 0.01 },
  warnMinutes: [10, 5, 1],
  sections: [],
  window: null,
};

/** Fields that stay open after the publication. */
const NEVER_FROZEN: ReadonlySet<string> = new Set(['results', 'plagiarismScan', 'warnMinutes']);

/** Fields to write, and what was decided about the times among them. */
export interface ExamChange {
  readonly fields: Partial<ExamFields>;
  readonly notes: readonly FieldError[];
}

/**
 * Reads the fields that a request gives; null goes back to the default (RFC 7396).
 * @param before the exam as it is, null for a new one
 * @param ownerSeen whose questions may be named, null: anybody's
 * @throws validation-failed with a pointer to every wrong field, already-exists for an external id in use
 */
export async function readChange(tx: Tx, given: ExamPatch, before: StaffExam | null, ownerSeen: string | null): Promise<ExamChange> {
  const { accessCode, plagiarismScan, results, sections, window, state: _state, ...plain } = given;
  const errors: FieldError[] = [];
  const notes: FieldError[] = [];
  const fields: { -readonly [Name in keyof ExamFields]?: ExamFields[Name] } = withDefaults(plain);

  if (results !== undefined) fields.results = mergeResults(results, before?.results ?? EXAM_DEFAULTS.results, errors);
  if (plagiarismScan !== undefined) fields.plagiarismScan = mergeScan(plagiarismScan, before?.plagiarismScan ?? EXAM_DEFAULTS.plagiarismScan);
  if (sections !== undefined) {
    const read = await readSections(tx, sections ?? [], before?.sections ?? [], ownerSeen);
    errors.push(...read.errors);
    fields.sections = read.sections;
  }
  if (window !== undefined) {
    const read = window === null ? null : readWindow(mergeWindow(window, before?.window ?? null), '/window');
    errors.push(...(read?.errors ?? []));
    notes.push(...(read?.notes ?? []));
    fields.window = read?.window ?? null;
  }
  if (errors.length > 0) throw invalid(errors);
  if (accessCode !== undefined) fields.accessCodeHash = await hashOf(accessCode, before?.accessCodeHash ?? null);
  if (typeof fields.externalId === 'string') await refuseUsed(tx, fields.externalId, before?.id);
  return { fields: before === null ? fields : onlyChanged(fields, before), notes };
}

/**
 * Writes a change; nothing happens when nothing differs.
 * @param exam its row is locked
 * @throws published-exam-is-frozen with a pointer to every field that can not change any more
 */
export async function applyChange(tx: Tx, exam: StaffExam, change: ExamChange, origin: Origin): Promise<StaffExam> {
  const names = Object.keys(change.fields);
  if (names.length === 0) return exam;
  const frozen = exam.lifecycle === 'published' ? names.filter((name) => !NEVER_FROZEN.has(name)) : exam.lifecycle === 'archived' ? names : [];
  if (frozen.length > 0) throw frozenRefusal(frozen);
  const wakesWindow = exam.lifecycle === 'published' && releaseChanged(change.fields.results, exam.results);
  return updateExam(tx, exam, change.fields, origin, wakesWindow);
}

function frozenRefusal(names: readonly string[]): Refusal {
  const errors = names.map((name) => {
    const pointer = `/${name === 'accessCodeHash' ? 'accessCode' : name}`;
    return { pointer, message: name === 'window' ? 'is moved by PUT /exams/{id}/window' : 'can not change after the publication' };
  });
  return new Refusal('published-exam-is-frozen', 'A published exam is frozen: only results settings, warnings and the automatic comparison can change, time by its own commands.', { errors });
}

function releaseChanged(after: ResultsSettings | undefined, before: ResultsSettings): boolean {
  return after !== undefined && (after.release !== before.release || after.releaseAt !== before.releaseAt);
}

function withDefaults(plain: Record<string, unknown>): Partial<ExamFields> {
  const defaults: Record<string, unknown> = EXAM_DEFAULTS;
  const entries = Object.entries(plain).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? defaults[name]]));
}

function mergeResults(given: NonNullable<ExamPatch['results']> | null, before: ResultsSettings, errors: FieldError[]): ResultsSettings {
  if (given === null) return EXAM_DEFAULTS.results;
  const { releaseAt, ...flags } = given;
  const merged: Record<string, unknown> = { ...before };
  const defaults: Record<string, unknown> = { ...EXAM_DEFAULTS.results };
  for (const [name, value] of Object.entries(flags)) if (value !== undefined) merged[name] = value ?? defaults[name];
  if (releaseAt !== undefined) merged['releaseAt'] = releaseAt === null ? null : new Date(releaseAt).toISOString();
  const results = merged as unknown as ResultsSettings;
  if (results.release === 'at' && results.releaseAt === null) errors.push({ pointer: '/results/releaseAt', message: 'is needed for the release "at" a time' });
  return results;
}

function mergeScan(given: NonNullable<ExamPatch['plagiarismScan']> | null, before: ScanSettings): ScanSettings {
  const defaults = EXAM_DEFAULTS.plagiarismScan;
  const pick = <Value>(value: Value | null | undefined, now: Value, usual: Value): Value => (value === undefined ? now : (value ?? usual));
  if (given === null) return defaults;
  return { automatic: pick(given.automatic, before.automatic, defaults.automatic), level: pick(given.level, before.level, defaults.level) };
}

/** Keeps the stored hash of the same code, so that sending it again changes nothing. */
async function hashOf(code: string | null, before: string | null): Promise<string | null> {
  if (code === null) return null;
  if (before !== null && (await verify(before, code))) return before;
  return hash(code);
}

async function refuseUsed(tx: Tx, externalId: string, ownId: string | undefined): Promise<void> {
  const other = await selectOptionalExamByExternalId(tx, externalId);
  if (other === undefined || other.id === ownId) return;
  throw new Refusal('already-exists', 'Another exam has this external id.', { errors: [{ pointer: '/externalId', message: 'is in use' }] });
}

function onlyChanged(fields: Partial<ExamFields>, before: StaffExam): Partial<ExamFields> {
  const stored = before as unknown as Record<string, unknown>;
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => !isDeepStrictEqual(value, stored[name])));
}
