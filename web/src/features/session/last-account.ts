const KEY = 'holdfast.sitting-account';

/** Notes whose session this is, so that the page finds its journal when nobody answers. */
export function rememberAccountOf(sessionId: string, accountId: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ sessionId, accountId }));
  } catch {
    // a browser that keeps nothing can not go on without a connection either
  }
}

/** Whose session this is, as far as this device knows. */
export function keptAccountOf(sessionId: string): string | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as { sessionId?: string; accountId?: string } | null;
    return kept?.sessionId === sessionId ? (kept.accountId ?? null) : null;
  } catch {
    return null;
  }
}
