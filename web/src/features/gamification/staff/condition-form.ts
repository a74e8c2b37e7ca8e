import type { Condition } from '../api.ts';

/** A condition while somebody fills it in; numbers can be missing. */
export interface ConditionForm {
  readonly kind: Condition['kind'];
  readonly percent: number | undefined;
  readonly exams: number | undefined;
  readonly examIds: readonly string[];
  readonly tag: string;
}

/** A first condition that already means something. */
export const NEW_CONDITION: ConditionForm = { kind: 'score', percent: 80, exams: 1, examIds: [], tag: '' };

/** The condition as it is sent; undefined while it means nothing. */
export function toCondition({ examIds, exams, kind, percent, tag }: ConditionForm): Condition | undefined {
  if (percent === undefined || percent > 100 || percent < (kind === 'improvement' ? 0.01 : 0)) return undefined;
  const scope = { examIds: [...examIds], tag: tag.trim() === '' ? null : tag.trim() };
  if (kind === 'improvement') return { kind, byPercent: percent, ...scope };
  return exams === undefined || exams < 1 || exams > 50 || !Number.isInteger(exams) ? undefined : { kind, minPercent: percent, exams, ...scope };
}

/** A condition that is there, to be changed. */
export function toForm(condition: Condition): ConditionForm {
  const { examIds, kind, tag } = condition;
  return {
    kind, examIds, tag: tag ?? '', percent: condition.kind === 'improvement' ? condition.byPercent : condition.minPercent, exams: condition.kind === 'improvement' ? 1 : condition.exams,
  };
}
