import CircleCheck from 'lucide-solid/icons/circle-check';
import { Show, type JSX } from 'solid-js';

import { contrastWithPaper, LEAST_CONTRAST, readableShade } from '#domain/report/contrast.ts';
import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { StateMark } from '#web/ui/Badge.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { DraftProblems } from './draft.ts';
import { messages } from './messages.ts';

/** The accent colour, with how well it can be read on paper and the nearest shade that can. */
export function ColourField(props: { value: string; problems: DraftProblems; onChange: (colour: string) => void }): JSX.Element {
  const t = useMessages(messages);
  const ratio = (): string => formatNumber(Math.floor(contrastWithPaper(props.value) * 100) / 100, { maximumFractionDigits: 2 });
  const error = (): string | undefined => (props.problems.colour ? t('colourWrong') : props.problems.contrast ? t('contrastLow', { ratio: ratio(), least: formatNumber(LEAST_CONTRAST) }) : undefined);
  return (
    <div class="ColourField">
      <TextInput
        label={t('colour')} value={props.value} onChange={(colour) => props.onChange(colour.trim().toLowerCase())} maxlength={7} spellcheck={false} error={error()}
        after={<input type="color" class="ColourField__pick" aria-label={t('colourPick')} value={props.problems.colour ? undefined : props.value} onInput={(event) => props.onChange(event.currentTarget.value)} />}
      />
      <Show when={error() === undefined}><StateMark tone="done" icon={CircleCheck}>{t('contrast', { ratio: ratio() })}</StateMark></Show>
      <Show when={props.problems.contrast}><Button size="small" onClick={() => props.onChange(readableShade(props.value))}>{t('contrastTake', { shade: readableShade(props.value) })}</Button></Show>
    </div>
  );
}
