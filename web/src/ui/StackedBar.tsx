import { Index, type JSX } from 'solid-js';

import './stacked-bar.css';

/** One state and how many are in it. */
export interface StackedPart<Key extends string = string> {
  readonly key: Key;
  readonly label: string;
  readonly count: number;
  /** Its share of the bar where that is not the count, such as for a part that is counted in another one too. */
  readonly weight?: number;
  /** `offline` is hatched, `absent` an outline. */
  readonly fill: 'accent' | 'offline' | 'attention' | 'act' | 'done' | 'info' | 'quiet' | 'absent';
}

/** Counts by state as one bar to scale, with a button for each state that filters by it. */
export function StackedBar<Key extends string>(props: { parts: readonly StackedPart<Key>[]; label: string; pressed?: ReadonlySet<Key> | readonly Key[]; onToggle?: (key: Key) => void; /** Leaves out the words; the bar is then an image with a name. */ bare?: boolean }): JSX.Element {
  const total = (): number => props.parts.reduce((sum, part) => sum + part.count, 0);
  const isPressed = (key: Key): boolean => new Set(props.pressed ?? []).has(key);
  const sentence = (): string => `${props.label}: ${props.parts.filter(({ count }) => count > 0).map(({ label, count }) => `${label} ${count}`).join(', ')}`;
  return (
    <div class="StackedBar">
      <div class="StackedBar__bar" role="img" aria-label={sentence()} data-empty={total() === 0 ? '' : undefined}>
        <Index each={props.parts}>
          {(part) => (
            <i
              data-fill={part().fill}
              data-none={(part().weight ?? part().count) === 0 ? '' : undefined}
              style={{ 'flex-grow': part().weight ?? part().count }}
              title={`${part().label}: ${part().count}`}
              onClick={() => part().count > 0 && props.onToggle?.(part().key)}
            />
          )}
        </Index>
      </div>
      {props.bare ? null : (
        <div class="StackedBar__parts" role="group" aria-label={props.label}>
          <Index each={props.parts}>
            {(part) =>
              props.onToggle === undefined ? (
                <span class="StackedBar__part" data-fill={part().fill}>{part().label} <b>{part().count}</b></span>
              ) : (
                <button type="button" class="StackedBar__part" data-fill={part().fill} aria-pressed={isPressed(part().key)} onClick={() => props.onToggle?.(part().key)}>{part().label} <b>{part().count}</b></button>
              )
            }
          </Index>
        </div>
      )}
    </div>
  );
}
