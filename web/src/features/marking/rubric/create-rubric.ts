import { createMemo, createSignal, untrack, type Accessor } from 'solid-js';

import { add, decimal, formatDecimal, max, parseDecimal, ZERO } from '#domain/decimal.ts';

import type { Rubric, RubricInput } from '../api.ts';

/** A level of a criterion while it is written. */
export interface LevelDraft { readonly id: string; readonly label: string; readonly description: string; readonly points: string }
/** A line while it is written; it keeps points and levels of both kinds until it is saved. */
export interface CriterionDraft extends LevelDraft { readonly levels: readonly LevelDraft[] }

/** A rubric that somebody writes. */
export interface RubricDraft {
  readonly kind: Accessor<Rubric['kind']>;
  readonly lines: Accessor<readonly CriterionDraft[]>;
  readonly isChanged: Accessor<boolean>;
  /** Most points that it gives; undefined while some of them are no numbers. */
  readonly highest: Accessor<string | undefined>;
  /** Every line has a name and points. */
  readonly isComplete: Accessor<boolean>;
  begin(rubric: Rubric): void;
  setKind(kind: Rubric['kind']): void;
  addLine(): void;
  changeLine(id: string, change: Partial<CriterionDraft>): void;
  removeLine(id: string): void;
  moveLine(id: string, step: 1 | -1): void;
  addLevel(lineId: string): void;
  changeLevel(lineId: string, id: string, change: Partial<LevelDraft>): void;
  removeLevel(lineId: string, id: string): void;
  input(): RubricInput;
}

/** Holds the rubric that is written; ids of lines stay, so that marks keep meaning what they meant. */
export function createRubric(makeId: () => string): RubricDraft {
  const [kind, setKind] = createSignal<Rubric['kind']>('additive');
  const [lines, setLines] = createSignal<readonly CriterionDraft[]>([]);
  const written = createMemo(() => JSON.stringify([kind(), lines()]));
  const [begun, setBegun] = createSignal(untrack(written));
  const read = (points: string) => parseDecimal(points.trim().replace(',', '.').replace('−', '-'));
  const level = (): LevelDraft => ({ id: makeId(), label: '', description: '', points: '' });
  const change = (id: string, work: (line: CriterionDraft) => CriterionDraft): void => void setLines(lines().map((line) => (line.id === id ? work(line) : line)));
  const isNamed = ({ label, points }: LevelDraft): boolean => label.trim() !== '' && read(points) !== undefined;

  return {
    kind, lines,
    isChanged: () => written() !== begun(),
    highest: createMemo(() => {
      let sum = ZERO;
      for (const line of lines()) {
        const given = kind() === 'additive' ? [read(line.points)] : line.levels.map(({ points }) => read(points));
        if (given.includes(undefined)) return undefined;
        sum = add(sum, given.map((points) => points!).reduce((left, right) => max(left, right), ZERO));
      }
      return formatDecimal(sum);
    }),
    isComplete: () => lines().every((line) => (kind() === 'additive' ? isNamed(line) : line.label.trim() !== '' && line.levels.length > 0 && line.levels.every(isNamed))),
    begin(rubric) {
      setKind(rubric.kind);
      setLines(rubric.criteria.map(({ id, label, description, points, levels }) => ({ id, label, description, points: points === undefined ? '' : formatDecimal(decimal(points)), levels: (levels ?? []).map((one) => ({ ...one, points: formatDecimal(decimal(one.points)) })) })));
      setBegun(written());
    },
    setKind: (next) => {
      setKind(next);
      // a criterion of levels is of no use without any
      if (next === 'level') setLines(lines().map((line) => (line.levels.length > 0 ? line : { ...line, levels: [level(), level()] })));
    },
    addLine: () => setLines([...lines(), { ...level(), levels: kind() === 'level' ? [level(), level()] : [] }]),
    changeLine: (id, part) => change(id, (line) => ({ ...line, ...part })),
    removeLine: (id) => setLines(lines().filter((line) => line.id !== id)),
    moveLine(id, step) {
      const from = lines().findIndex((line) => line.id === id);
      const to = from + step;
      if (from < 0 || to < 0 || to >= lines().length) return;
      const moved = [...lines()];
      moved.splice(to, 0, ...moved.splice(from, 1));
      setLines(moved);
    },
    addLevel: (lineId) => change(lineId, (line) => ({ ...line, levels: [...line.levels, level()] })),
    changeLevel: (lineId, id, part) => change(lineId, (line) => ({ ...line, levels: line.levels.map((one) => (one.id === id ? { ...one, ...part } : one)) })),
    removeLevel: (lineId, id) => change(lineId, (line) => ({ ...line, levels: line.levels.filter((one) => one.id !== id) })),
    input() {
      const points = (text: string): string => formatDecimal(read(text) ?? ZERO);
      return kind() === 'additive'
        ? { kind: 'additive', criteria: lines().map((line) => ({ id: line.id, label: line.label.trim(), description: line.description, points: points(line.points) })) }
        : { kind: 'level', criteria: lines().map((line) => ({ id: line.id, label: line.label.trim(), description: line.description, levels: line.levels.map((one) => ({ ...one, label: one.label.trim(), points: points(one.points) })) })) };
    },
  };
}
