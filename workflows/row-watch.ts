/** What a signal says: the row of this workflow changed. */
export interface RowChange {
  /** Version of the row after the change. */
  readonly version: number;
  /** What changed; `nudge` asks for a fresh look whatever the version says. */
  readonly kind: string;
}

/**
 * Compares what a workflow has heard of its row with what it has read. The same change is often announced twice, by the
 * API at once and by the relay; only news is worth a read. A version that was announced but is not to be found (the
 * database was restored) is read once, not for ever.
 */
export class RowWatch {
  private heard = 0;
  private seen = 0;
  private nudged = false;

  /** Whether something was heard that has not been read. */
  get behind(): boolean {
    return this.nudged || this.heard > this.seen;
  }

  /** Takes note of a signal. */
  hear(change: RowChange): void {
    if (change.kind === 'nudge') this.nudged = true;
    this.heard = Math.max(this.heard, change.version);
  }

  /** Runs one read of the row and takes note of the version it found. Reads never overlap: only the main loop reads. */
  async read<Row extends { readonly version: number }>(load: () => Promise<Row>): Promise<Row> {
    const heardBefore = this.heard;
    this.nudged = false;
    const row = await load();
    this.seen = row.version;
    // what was heard before the read is answered by it; what came during the read counts if the read was too early for it
    if (this.heard === heardBefore) this.heard = Math.min(this.heard, row.version);
    return row;
  }
}
