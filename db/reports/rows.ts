/** What a report is about. */
export type ReportKind = 'student' | 'class' | 'item-analysis' | 'incidents' | 'close-out' | 'plagiarism';
/** Whom it is written for. */
export type ReportAudience = 'student' | 'staff';

/** A report that was made; its bytes lie on disk under their hash. */
export interface ReportFile {
  readonly id: string;
  readonly runId: string | null;
  /** What it was made of: a session, or the exam. */
  readonly itemId: string;
  readonly examId: string;
  readonly kind: ReportKind;
  readonly audience: ReportAudience;
  readonly sessionId: string | null;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string } | null;
  readonly locale: string;
  readonly timeZone: string;
  readonly fileName: string;
  /** Hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly pages: number;
  readonly standard: 'ua-1' | 'tagged';
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** Raw columns for `toReportFile`; `f` is the file, `s` its session, `u` the student. */
export const REPORT_COLUMNS = `f.id, f.run_id, f.item_id, f.exam_id, f.kind, f.audience, f.session_id, f.locale, f.time_zone, f.file_name, f.sha256,
  f.size_bytes, f.pages, f.standard, f.created_at, f.expires_at, u.id as student_id, u.external_id, u.name as student_name`;
/** What these columns are read from. */
export const REPORT_SOURCE = 'report_files f left join exam_sessions s on s.id = f.session_id left join users u on u.id = s.student_id';

/** One row as the driver gives it. */
export interface RawReport {
  id: string;
  run_id: string | null;
  item_id: string;
  exam_id: string;
  kind: ReportKind;
  audience: ReportAudience;
  session_id: string | null;
  locale: string;
  time_zone: string;
  file_name: string;
  sha256: string;
  size_bytes: number;
  pages: number;
  standard: ReportFile['standard'];
  created_at: Date;
  expires_at: Date;
  student_id: string | null;
  external_id: string | null;
  student_name: string | null;
}

/** Maps a raw row. */
export function toReportFile(raw: RawReport): ReportFile {
  return {
    id: raw.id, runId: raw.run_id, itemId: raw.item_id, examId: raw.exam_id, kind: raw.kind, audience: raw.audience, sessionId: raw.session_id,
    student: raw.student_id === null ? null : { id: raw.student_id, externalId: raw.external_id, name: raw.student_name! },
    locale: raw.locale, timeZone: raw.time_zone, fileName: raw.file_name, sha256: raw.sha256, sizeBytes: raw.size_bytes, pages: raw.pages,
    standard: raw.standard, createdAtMs: raw.created_at.getTime(), expiresAtMs: raw.expires_at.getTime(),
  };
}
