import type { TimelineEntry, WorkflowStep } from './api.ts';

/** Who did something. */
export type Lane = 'student' | 'staff' | 'system' | 'temporal';

/** All lanes in the order in which they are drawn. */
export const LANES: readonly Lane[] = ['student', 'staff', 'system', 'temporal'];

/** Whether the page of the student was connected. */
export type Band = 'off' | 'on' | 'gap' | 'hold';

/** Something that happened, placed in a lane. */
export interface Happening {
  readonly id: string;
  readonly atMs: number;
  readonly lane: Lane;
  readonly kind: string;
  /** Everyday work that runs of it are folded away. */
  readonly minor: boolean;
  readonly entry: TimelineEntry | undefined;
  readonly step: WorkflowStep | undefined;
}

const MINOR: ReadonlySet<string> = new Set(['answers-saved', 'observations', 'acknowledged', 'connected']);
const CLOSES: ReadonlySet<string> = new Set(['submit', 'expire', 'end', 'terminate', 'withdraw', 'cancel']);

/** Whether this ends a session. */
export function isClose(kind: string): boolean {
  return CLOSES.has(kind);
}

/** Merges what the database and what Temporal tell into one order. */
export function mergeHappenings(entries: readonly TimelineEntry[], steps: readonly WorkflowStep[] = []): Happening[] {
  const told = entries.filter((entry, index) => !isEmptyWord(entries, entry, index)).map((entry, index): Happening => ({
    id: `e${index}`, atMs: Date.parse(entry.at), lane: laneOf(entry), kind: entry.kind, minor: MINOR.has(entry.kind) || (entry.kind === 'disconnected' && isAfterClose(entries, entry)), entry, step: undefined,
  }));
  const followed = steps.map((step, index): Happening => ({
    id: `w${index}`, atMs: Date.parse(step.at), lane: 'temporal', kind: 'workflow', minor: isRoutine(step.text), entry: undefined, step,
  }));
  // what was decided comes before what followed from it
  return [...told, ...followed].sort((a, b) => a.atMs - b.atMs || Number(a.lane === 'temporal') - Number(b.lane === 'temporal'));
}

// the grading tells itself beside its line in the audit log, and a page that never was there was not lost
function isEmptyWord(entries: readonly TimelineEntry[], { kind }: TimelineEntry, index: number): boolean {
  return kind === 'grade' || (kind === 'disconnected' && !entries.slice(0, index).some((before) => before.kind === 'connected'));
}

function isAfterClose(entries: readonly TimelineEntry[], entry: TimelineEntry): boolean {
  const last = entries.slice(0, entries.indexOf(entry)).findLast(({ kind }) => isClose(kind) || kind === 'reopen');
  return last !== undefined && last.kind !== 'reopen';
}

function laneOf({ kind, actor }: TimelineEntry): Lane {
  if (kind === 'disconnected' || kind === 'answers-refused') return 'system';
  if (actor === null) return 'system';
  return actor.role === 'student' ? 'student' : 'staff';
}

// reading a row and being told of a change is what a workflow does all day
function isRoutine(text: string): boolean {
  return text.startsWith('Done: ') || text.startsWith('A signal said') || text.startsWith('Handed to a worker') || text.includes('was taken back');
}

/** A row of the list. */
export type Row =
  | { readonly type: 'heading'; readonly id: string; readonly part: 'before' | 'writing' | 'end' | 'again'; readonly atMs: number; readonly band: Band }
  | { readonly type: 'event'; readonly id: string; readonly what: Happening; readonly before: Band; readonly after: Band }
  | { readonly type: 'fold'; readonly id: string; readonly parts: readonly Happening[]; readonly lane: Lane; readonly band: Band }
  | { readonly type: 'stretch'; readonly id: string; readonly kind: 'gap' | 'hold'; readonly fromMs: number; readonly toMs: number | null; readonly saves: number };

/** Shortest time without a connection that is worth a line; a page that is loaded again is away for about a second. */
const SHORT_GAP_MS = 5_000;

/** What is wanted of the list. */
export interface RowOptions {
  readonly lanes: ReadonlySet<Lane>;
  /** Folds nothing. */
  readonly all: boolean;
  /** Only this time, epoch ms. */
  readonly range: readonly [number, number] | undefined;
  /** Ids of folds that are open. */
  readonly open: ReadonlySet<string>;
  /** Whether somebody searches for it. */
  readonly matches: (what: Happening) => boolean;
}

/** Builds the list: headings, events, folded runs, and the stretches without a connection or on hold. */
export function buildRows(happenings: readonly Happening[], options: RowOptions): Row[] {
  const rows: Row[] = [];
  let band: Band = 'off';
  let connection: Band = 'off';
  let run: Happening[] = [];
  let runBand: Band = 'off';
  let part: 'before' | 'writing' | 'end' | 'again' | undefined;

  const flush = (): void => {
    if (run.length === 0) return;
    const [first] = run as [Happening, ...Happening[]];
    const id = `fold-${first.id}`;
    if ((run.length === 1 && first.kind !== 'answers-saved') || options.open.has(id)) {
      if (options.open.has(id)) rows.push({ type: 'fold', id, parts: run, lane: first.lane, band: runBand });
      for (const what of run) rows.push({ type: 'event', id: what.id, what, before: runBand, after: runBand });
    } else {
      rows.push({ type: 'fold', id, parts: run, lane: run.find(({ lane }) => lane === 'student')?.lane ?? first.lane, band: runBand });
    }
    run = [];
  };
  const head = (next: NonNullable<typeof part>, atMs: number): void => {
    if (part === next) return;
    flush();
    part = next;
    rows.push({ type: 'heading', id: `head-${next}-${atMs}`, part: next, atMs, band });
  };

  for (const [index, what] of happenings.entries()) {
    const before: Band = band;
    if (what.kind === 'start') head('writing', what.atMs);
    else if (what.kind === 'reopen') head('again', what.atMs);
    else if (isClose(what.kind)) head('end', what.atMs);
    else if (part === undefined) head('before', what.atMs);
    connection = nextConnection(connection, what.kind);
    band = what.kind === 'pause' ? 'hold' : before === 'hold' && what.kind !== 'resume' && !isClose(what.kind) ? 'hold' : connection;
    if (!isWanted(what, options)) continue;
    const isChange = before !== band;
    if (what.minor && !options.all && !(what.kind === 'connected' && before === 'gap')) {
      // what a workflow does all day is for those who want everything
      if (what.lane === 'temporal') continue;
      if (before !== band) flush();
      run.push(what);
      runBand = band;
      continue;
    }
    flush();
    rows.push({ type: 'event', id: what.id, what, before, after: band });
    if (isChange && (band === 'gap' || band === 'hold')) {
      const stretch = readStretch(happenings, index, band);
      if (band === 'hold' || stretch.toMs === null || stretch.toMs - what.atMs >= SHORT_GAP_MS) rows.push({ type: 'stretch', id: `stretch-${what.id}`, kind: band, fromMs: what.atMs, ...stretch });
    }
  }
  flush();
  // a part that the filters left empty needs no heading
  return rows.filter((row, index) => row.type !== 'heading' || (rows[index + 1]?.type ?? 'heading') !== 'heading');
}

function isWanted(what: Happening, { lanes, range, matches }: RowOptions): boolean {
  return lanes.has(what.lane) && (range === undefined || (what.atMs >= range[0] && what.atMs <= range[1])) && matches(what);
}

function nextConnection(connection: Band, kind: string): Band {
  if (kind === 'connected') return 'on';
  if (kind === 'disconnected' && connection === 'on') return 'gap';
  return isClose(kind) ? 'off' : connection;
}

function readStretch(happenings: readonly Happening[], from: number, kind: 'gap' | 'hold'): { toMs: number | null; saves: number } {
  const ends = (what: Happening): boolean => isClose(what.kind) || what.kind === (kind === 'gap' ? 'connected' : 'resume');
  const end = happenings.findIndex((what, index) => index > from && ends(what));
  const toMs = end === -1 ? null : happenings[end]!.atMs;
  // what was kept on the device arrives within the first seconds
  const saves = kind === 'hold' || toMs === null ? 0 : happenings.filter((what) => what.kind === 'answers-saved' && what.atMs >= toMs && what.atMs <= toMs + 2_000)
    .reduce((sum, what) => sum + Number(what.entry?.detail['saves'] ?? 0), 0);
  return { toMs, saves };
}

/** A stretch of the connection band. */
export interface Stretch {
  readonly kind: 'on' | 'gap' | 'hold';
  readonly fromMs: number;
  readonly toMs: number;
}

/** Stretches of connection, and of pauses, over the whole session. @param endMs where an unfinished one ends */
export function readStretches(happenings: readonly Happening[], endMs: number): { connection: Stretch[]; holds: Stretch[] } {
  const connection: Stretch[] = [];
  const holds: Stretch[] = [];
  let state: Band = 'off';
  let since = 0;
  let heldSince: number | undefined;
  const close = (atMs: number): void => {
    if (state === 'on' || state === 'gap') connection.push({ kind: state, fromMs: since, toMs: atMs });
  };
  for (const { kind, atMs } of happenings) {
    const next = nextConnection(state, kind);
    if (next !== state) {
      close(atMs);
      state = next;
      since = atMs;
    }
    if (kind === 'pause') heldSince ??= atMs;
    if ((kind === 'resume' || isClose(kind)) && heldSince !== undefined) {
      holds.push({ kind: 'hold', fromMs: heldSince, toMs: atMs });
      heldSince = undefined;
    }
  }
  close(endMs);
  if (heldSince !== undefined) holds.push({ kind: 'hold', fromMs: heldSince, toMs: endMs });
  return { connection, holds };
}
