import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

import type { Actor } from '#api/http/actor.ts';
import { readUpload } from '#api/http/multipart.ts';
import { invalid } from '#api/http/problem.ts';
import { can } from '#api/exams/policy.ts';
import { decodeText } from '#api/question-imports/decode.ts';
import { detectFormat, FORMAT_NAMES } from '#api/question-imports/detect-format.ts';
import { idSchema } from '#contracts/common.ts';
import { IMPORT_FORMATS } from '#contracts/questions.ts';
import type { Db } from '#db/connection.ts';
import { selectExam } from '#db/exams/exams.ts';
import { Refusal } from '#domain/problem.ts';

/** Longest question file, bytes. */
const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** A question file that can be read. */
export interface QuestionFile {
  readonly source: Buffer;
  readonly format: string;
  readonly fileName: string;
  readonly examId: string | null;
}

/** Reads an upload and makes sure that it can be worked on. @throws validation-failed, payload-too-large, not-found, published-exam-is-frozen */
export async function readQuestionFile(request: IncomingMessage, actor: Actor, db: Db): Promise<QuestionFile> {
  const { file, fileName, fields } = await readUpload(request, { maxBytes: MAX_FILE_BYTES, fields: ['format', 'examId'], receive: readAll });
  if (file.length === 0) throw invalid([{ pointer: '/file', message: 'is empty' }]);
  const format = readFormat(fields['format'], file, fileName);
  const examId = await readExam(fields['examId'], actor, db);
  return { source: file, format, fileName: fileName === '' ? `questions.${format}` : fileName, examId };
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function readFormat(given: string | undefined, file: Buffer, fileName: string): string {
  const supported: readonly string[] = IMPORT_FORMATS;
  const names = IMPORT_FORMATS.map((format) => FORMAT_NAMES[format]).join(', ');
  if (given !== undefined && given !== '') {
    if (supported.includes(given)) return given;
    throw invalid([{ pointer: '/format', message: `can not be imported; supported: ${names}` }], `Files of the format "${given}" can not be imported. Supported: ${names}.`);
  }
  const found = detectFormat(file, decodeText(file).text, fileName);
  if (supported.includes(found)) return found;
  const detail = found === 'unknown' ? 'This file is in no known question format.' : `This is a ${FORMAT_NAMES[found]} file, which can not be imported.`;
  throw invalid([{ pointer: '/file', message: `is not in a supported format: ${names}` }], `${detail} Supported: ${names}.`);
}

async function readExam(given: string | undefined, actor: Actor, db: Db): Promise<string | null> {
  if (given === undefined || given === '') return null;
  const parsed = idSchema.safeParse(given);
  if (!parsed.success) throw invalid([{ pointer: '/examId', message: 'must be a UUID' }]);
  const exam = await selectExam(db, parsed.data).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  if (exam === undefined || !can(actor, 'change', exam)) throw invalid([{ pointer: '/examId', message: 'is not the id of an exam of yours' }]);
  if (exam.lifecycle !== 'draft') throw new Refusal('published-exam-is-frozen', 'Questions can only be added to a draft.');
  return exam.id;
}
