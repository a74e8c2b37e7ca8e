/** What a mail is about: ids and facts that everybody may know. Never a mark, a name or an address; those are read when it is written, or not at all. */
export interface MailVariables {
  readonly examId?: string;
  readonly sessionId?: string;
  readonly runId?: string;
  /** How many of something, where the template tells it. */
  readonly count?: number;
}

/** What a template is for. */
export interface MailPurpose {
  readonly audience: 'student' | 'staff';
  /** Goes out only while the gate of results is open for the session. */
  readonly gated: boolean;
  /** Somebody has to act on it: not to be switched off. */
  readonly essential: boolean;
}

/** Every mail that the product sends. */
export const MAIL_PURPOSES = {
  'result-published': { audience: 'student', gated: true, essential: false },
  'result-changed': { audience: 'student', gated: true, essential: false },
  'appeal-decided': { audience: 'student', gated: true, essential: true },
  'plagiarism-notice': { audience: 'student', gated: false, essential: true },
  'reports-ready': { audience: 'staff', gated: false, essential: false },
  'scan-finished': { audience: 'staff', gated: false, essential: false },
} as const satisfies Record<string, MailPurpose>;

/** The key of one template. */
export type MailTemplate = keyof typeof MAIL_PURPOSES;

/**
 * Where a mail stands. `failed`: given up; `bounced`: the server does not know or want the address; `dropped`: it was not to be
 * sent any more.
 */
export type MailState = 'queued' | 'sending' | 'sent' | 'failed' | 'bounced' | 'dropped';
