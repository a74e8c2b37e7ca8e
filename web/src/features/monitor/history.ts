import type { TimelineEntry } from './types.ts';

/** Something in the short history of a session: one entry, or a run of saves. */
export type HistoryRow =
  | { readonly type: 'entry'; readonly id: string; readonly entry: TimelineEntry; readonly band: 'on' | 'gap' | 'hold' }
  | { readonly type: 'saves'; readonly id: string; readonly at: string; readonly until: string; readonly saves: number; readonly items: number; readonly band: 'on' | 'gap' | 'hold' };

/** Everyday news that the short history leaves out. */
const LEFT_OUT: ReadonlySet<string> = new Set(['acknowledged', 'observations', 'grade', 'graded']);

/** The history of a session, newest first: runs of saves folded into one line, the band says how the connection was after each. */
export function shortHistory(entries: readonly TimelineEntry[]): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let isConnected = false;
  let wasConnected = false;
  let isHeld = false;
  for (const [index, entry] of entries.entries()) {
    const isRepeated = entry.kind === 'connected' && isConnected;
    if (entry.kind === 'connected') isConnected = wasConnected = true;
    if (entry.kind === 'disconnected') isConnected = false;
    if (entry.kind === 'pause') isHeld = true;
    if (entry.kind === 'resume') isHeld = false;
    const band = isHeld ? 'hold' : !isConnected && wasConnected ? 'gap' : 'on';
    // a second window, or a page that came back before the first was missed
    if (LEFT_OUT.has(entry.kind) || isRepeated || (entry.kind === 'window-changed' && isToldByChange(entries, index))) continue;
    const last = rows.at(-1);
    if (entry.kind === 'answers-saved') {
      const saves = Number(entry.detail['saves'] ?? 1);
      const items = Number(entry.detail['items'] ?? 0);
      const until = typeof entry.detail['until'] === 'string' ? entry.detail['until'] : entry.at;
      if (last?.type === 'saves') rows[rows.length - 1] = { ...last, until, saves: last.saves + saves, items: Math.max(last.items, items) };
      else rows.push({ type: 'saves', id: `saves ${index}`, at: entry.at, until, saves, items, band });
    } else if (entry.kind === 'connected' && last?.type === 'entry' && last.entry.kind === 'disconnected' && Date.parse(entry.at) - Date.parse(last.entry.at) < SHORT_GAP_MS) {
      // a page that was loaded again
      rows.pop();
    } else rows.push({ type: 'entry', id: `entry ${index}`, entry, band });
  }
  return rows.reverse();
}

const SHORT_GAP_MS = 5_000;
const MOVES_WINDOW: ReadonlySet<string> = new Set(['extend', 'shorten', 'end', 'cancel', 'window']);

/** A change for everyone moves the window too; what it did to this session says enough. */
function isToldByChange(entries: readonly TimelineEntry[], index: number): boolean {
  const atMs = Date.parse(entries[index]!.at);
  return [-2, -1, 1, 2].some((step) => {
    const other = entries[index + step];
    return other !== undefined && MOVES_WINDOW.has(other.kind) && Math.abs(Date.parse(other.at) - atMs) < 1_000;
  });
}
