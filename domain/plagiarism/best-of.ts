/** The highest few of many, by insertion. */
export class BestOf {
  readonly kept: number[] = [];
  readonly #values: number[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  clear(): void {
    this.kept.length = 0;
    this.#values.length = 0;
  }

  offer(what: number, value: number): void {
    const values = this.#values;
    if (values.length === this.#size && value <= values[this.#size - 1]!) return;
    let at = values.length === this.#size ? this.#size - 1 : values.length;
    while (at > 0 && values[at - 1]! < value) {
      values[at] = values[at - 1]!;
      this.kept[at] = this.kept[at - 1]!;
      at -= 1;
    }
    values[at] = value;
    this.kept[at] = what;
  }
}
