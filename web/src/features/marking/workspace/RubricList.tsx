import { For, type JSX, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Kbd } from '#web/ui/Kbd.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { Rubric } from '../api.ts';
import { messages } from '../messages.ts';
import { signed } from '../points-text.ts';
import type { Picks } from './rubric-points.ts';

import './rubric-list.css';

/** The lines of a rubric to choose: number keys choose while one of them has the focus. */
export function RubricList(props: {
  rubric: Rubric;
  picks: Picks;
  /** What is said about chosen criteria. */
  remarks: Readonly<Record<string, string>>;
  disabled: boolean;
  onPick: (criterionId: string, levelId?: string) => void;
  onRemark: (criterionId: string, text: string) => void;
  onKey: (event: KeyboardEvent) => void;
}): JSX.Element {
  const t = useMessages(messages);
  let root!: HTMLDivElement;
  const rows = (): HTMLButtonElement[] => [...root.querySelectorAll<HTMLButtonElement>('[data-line]')];

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const all = rows();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
    } else if (/^[1-9]$/.test(event.key)) {
      event.preventDefault();
      choose(Number(event.key), all[at]);
    } else {
      props.onKey(event);
    }
  }

  // of levels the digit means those of the criterion that has the focus, and the focus goes on to the next one
  function choose(digit: number, active: HTMLButtonElement | undefined): void {
    if (props.disabled) return;
    if (props.rubric.kind === 'additive') {
      const criterion = props.rubric.criteria[digit - 1];
      if (criterion === undefined) return;
      props.onPick(criterion.id);
      rows()[digit - 1]?.focus();
      return;
    }
    const index = props.rubric.criteria.findIndex(({ id }) => id === active?.dataset['criterion']);
    const criterion = props.rubric.criteria[index];
    const level = criterion?.levels?.[digit - 1];
    if (criterion === undefined || level === undefined) return;
    if (props.picks[criterion.id] !== level.id) props.onPick(criterion.id, level.id);
    const following = props.rubric.criteria[index + 1]?.id ?? criterion.id;
    rows().find(({ dataset, tabIndex }) => dataset['criterion'] === following && tabIndex === 0)?.focus();
  }

  // a line that applies can be said more about; it is with the student's result
  const remark = (id: string, label: string): JSX.Element => (
    <Show when={props.picks[id] !== undefined}>
      <TextInput class="RubricList__remark" aria-label={t('remarkOn', { label })} placeholder={t('remarkHint')} dir="auto" maxlength={2_000} disabled={props.disabled} value={props.remarks[id] ?? ''} onChange={(text) => props.onRemark(id, text)} />
    </Show>
  );
  return (
    <div ref={root} class="RubricList" onKeyDown={onKeyDown}>
      <Show when={props.rubric.kind === 'level'} fallback={
        <div role="group" aria-label={t('rubric')}>
          <For each={props.rubric.criteria}>
            {(criterion, index) => (
              <>
                <button type="button" class="RubricList__row" data-line role="checkbox" aria-checked={props.picks[criterion.id] === true} aria-disabled={props.disabled || undefined} tabindex={index() === 0 ? 0 : -1} onClick={() => !props.disabled && props.onPick(criterion.id)}>
                  <Cap digit={index() + 1} />
                  <span dir="auto"><b>{criterion.label}</b><Show when={criterion.description}><small>{criterion.description}</small></Show></span>
                  <span class="RubricList__points">{signed(criterion.points ?? '0')}</span>
                </button>
                {remark(criterion.id, criterion.label)}
              </>
            )}
          </For>
        </div>
      }>
        <For each={props.rubric.criteria}>
          {(criterion) => (
            <section class="RubricList__criterion" role="radiogroup" aria-label={criterion.label}>
              <h3 dir="auto">{criterion.label}</h3>
              <Show when={criterion.description}><p dir="auto">{criterion.description}</p></Show>
              <For each={criterion.levels ?? []}>
                {(level, index) => (
                  <button
                    type="button" class="RubricList__row" data-line data-criterion={criterion.id} role="radio" aria-checked={props.picks[criterion.id] === level.id} aria-disabled={props.disabled || undefined}
                    tabindex={(props.picks[criterion.id] === undefined ? index() === 0 : props.picks[criterion.id] === level.id) ? 0 : -1}
                    onClick={() => !props.disabled && props.onPick(criterion.id, level.id)}
                  >
                    <Cap digit={index() + 1} />
                    <span dir="auto"><b>{level.label}</b><Show when={level.description}><small>{level.description}</small></Show></span>
                    <span class="RubricList__points">{signed(level.points)}</span>
                  </button>
                )}
              </For>
              {remark(criterion.id, criterion.label)}
            </section>
          )}
        </For>
      </Show>
    </div>
  );
}

function Cap(props: { digit: number }): JSX.Element {
  return <span aria-hidden="true"><Show when={props.digit <= 9} fallback={<Kbd keys="·" />}><Kbd keys={String(props.digit)} /></Show></span>;
}
