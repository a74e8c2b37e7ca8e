/** The parts of the API's replies that the scripts read. */

export interface SessionReply {
  readonly session: { readonly id: string; readonly state: string; readonly deadlineAt: string; readonly closedAt: string | null };
  readonly paper: { readonly sections: readonly { readonly items: readonly SeenItem[] }[] };
  readonly answers: readonly { readonly itemId: string; readonly revision: number; readonly response: unknown; readonly savedAt: string }[];
}

/** An item as the paper shows it. */
export interface SeenItem {
  readonly id: string;
  readonly type: string;
  readonly options?: readonly { readonly id: string }[];
}

export interface CloseOutReply {
  readonly state: 'open' | 'closing' | 'closed';
  readonly assigned: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly invariants: readonly { readonly name: string; readonly holds: boolean; readonly detail: string }[];
  readonly serverClockOffsetMs: number | null;
  readonly closedAt: string | null;
}

export interface ImportReply {
  readonly id: string;
  readonly state: string;
  readonly items: readonly { readonly index: number; readonly status: string }[];
}

export interface BulkReply {
  readonly results: readonly { readonly id: string }[];
}

export interface LoginReply {
  readonly accessToken: string;
  readonly user: { readonly id: string };
}
