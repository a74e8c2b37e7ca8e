import CircleAlert from 'lucide-solid/icons/circle-alert';
import { createContext, createUniqueId, Show, splitProps, useContext, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { messages } from './messages.ts';

import './field.css';

/** What stands around the control of a field. */
export interface FieldProps {
  label?: JSX.Element;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  /** Stands at the end of the label's line, such as a link. */
  labelEnd?: JSX.Element;
  hint?: JSX.Element;
  /** What is wrong. When the prop is given at all, its line is reserved and nothing moves when it appears. */
  error?: string | undefined;
  /** Whether that line is reserved, if it should differ. */
  reserve?: boolean;
  required?: boolean;
  /** Says "optional" beside the label. */
  optional?: boolean;
}

/** Ids and state that a field gives its control. */
export interface FieldControl {
  readonly id: string;
  readonly labelId: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

const FieldContext = createContext<FieldControl | undefined>();
const NAMES = ['label', 'hideLabel', 'labelEnd', 'hint', 'error', 'reserve', 'required', 'optional'] as const;

/** Label, hint, control and the line for an error, wired for screen readers. Every input part takes the same props and then makes its own. */
export function Field(props: FieldProps & { id?: string; group?: boolean; class?: string; children: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const id = props.id ?? createUniqueId();
  const labelId = `${id}-label`;
  const hasError = (): boolean => props.error !== undefined && props.error !== '';
  const control: FieldControl = {
    id,
    labelId,
    get describedBy() {
      const ids = [props.hint !== undefined && `${id}-hint`, hasError() && `${id}-error`].filter((entry) => typeof entry === 'string');
      return ids.length > 0 ? ids.join(' ') : undefined;
    },
    get invalid() {
      return hasError();
    },
    get required() {
      return props.required === true;
    },
  };
  const words = (): JSX.Element => (
    <>
      {props.label}
      <Show when={props.optional}> <span class="Field__mark">{t('optional')}</span></Show>
    </>
  );
  return (
    <FieldContext.Provider value={control}>
      <div
        class={`Field ${props.class ?? ''}`}
        data-invalid={hasError() ? '' : undefined}
        role={props.group ? 'group' : undefined}
        aria-labelledby={props.group ? labelId : undefined}
        aria-describedby={props.group ? control.describedBy : undefined}
      >
        <Show when={props.label !== undefined}>
          <div class="Field__label" classList={{ 'visually-hidden': props.hideLabel }}>
            <Show when={props.group} fallback={<label id={labelId} for={id}>{words()}</label>}>
              <span id={labelId}>{words()}</span>
            </Show>
            <Show when={props.labelEnd}><span class="Field__end"><FieldContext.Provider value={undefined}>{props.labelEnd}</FieldContext.Provider></span></Show>
          </div>
        </Show>
        <Show when={props.hint !== undefined}><div class="Field__hint" id={`${id}-hint`}>{props.hint}</div></Show>
        {props.children}
        <Show when={(props.reserve ?? 'error' in props) || hasError()}>
          <div class="Field__error" id={`${id}-error`} aria-live="polite">
            <Show when={hasError()}><CircleAlert /><span>{props.error}</span></Show>
          </div>
        </Show>
      </div>
    </FieldContext.Provider>
  );
}

/** The field around a control, if there is one. */
export function useField(): FieldControl | undefined {
  return useContext(FieldContext);
}

/** Parts the props of a field from those of its control. */
export function splitField<Props extends FieldProps>(props: Props): [Pick<Props, (typeof NAMES)[number]>, Omit<Props, (typeof NAMES)[number]>] {
  return splitProps(props, NAMES) as never;
}

/** Draws a control inside a field of its own when it has a label, and bare when a field stands around it already. */
export function withField(field: FieldProps, control: (field: FieldControl | undefined) => JSX.Element, options: { group?: boolean; id?: string | undefined } = {}): JSX.Element {
  function Inner(): JSX.Element {
    return control(useField());
  }
  if (field.label === undefined) return <Inner />;
  return (
    <Field {...field} group={options.group ?? false} {...(options.id === undefined ? {} : { id: options.id })}>
      <Inner />
    </Field>
  );
}
