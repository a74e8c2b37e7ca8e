import { createMemo, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { Select } from '#web/ui/Select.tsx';

import { messages } from '../messages.ts';
import { studentsIn, useDesk } from '../monitor-context.ts';
import { shortName } from '../student.ts';
import type { Scope, Student } from '../types.ts';

/** More choices than this become a list. */
const MOST_RADIOS = 4;

/** For whom an act is: the selection it was opened with, a batch, or everyone; each with how many it reaches. */
export function ScopeField(props: { first: Scope; value: Scope; onChange: (scope: Scope) => void; reaches: (student: Student) => boolean; disabled?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const scopes = createMemo<Scope[]>(() => {
    monitor.roster.lines();
    const used = new Set([...monitor.roster.students()].map(({ batchId }) => batchId));
    const batches = monitor.batches().filter(({ id }) => used.has(id)).map(({ id }): Scope => ({ kind: 'batch', batchId: id }));
    return [...(props.first.kind === 'students' ? [props.first] : []), ...(batches.length > 1 ? batches : []), { kind: 'all' }];
  });
  const idOf = (scope: Scope): string => (scope.kind === 'batch' ? scope.batchId : scope.kind);
  const options = createMemo(() => {
    monitor.roster.epoch();
    return scopes().map((scope) => {
      const count = studentsIn(scope, monitor).filter((student) => props.reaches(student)).length;
      return { value: idOf(scope), name: nameOf(scope), count };
    });
  });
  const choose = (id: string): void => {
    const next = scopes().find((scope) => idOf(scope) === id);
    if (next !== undefined) props.onChange(next);
  };
  return (
    <>
      {options().length > MOST_RADIOS ? (
        <Select label={t('forWhom')} disabled={props.disabled} value={idOf(props.value)} onChange={choose} options={options().map(({ value, name, count }) => ({ value, label: `${name}: ${t('scopeReach', count)}` }))} />
      ) : (
        <RadioGroup
          label={t('forWhom')}
          disabled={props.disabled ?? false}
          value={idOf(props.value)}
          onChange={choose}
          options={options().map(({ value, name, count }) => ({ value, label: <><b>{name}</b>: {t('scopeReach', count)}</> }))}
        />
      )}
    </>
  );

  function nameOf(scope: Scope): string {
    if (scope.kind === 'all') return t('scopeAll');
    if (scope.kind === 'batch') return monitor.batches().find(({ id }) => id === scope.batchId)?.name ?? '';
    return t('scopeSelection', scope.keys.length, scope.keys.length === 1 ? shortName(monitor.roster.peek(scope.keys[0]!)?.name ?? '') : undefined);
  }
}
