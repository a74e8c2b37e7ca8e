import type { JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import type { AnswerProps } from './answer-props.ts';
import { useErrorAt } from './errors-context.tsx';
import { messages } from './messages.ts';
import { WordsInput } from './WordsInput.tsx';

/** Whether the statement is true. */
export function TrueFalseAnswer(props: AnswerProps<'true-false'>): JSX.Element {
  const t = useMessages(messages);
  return (
    <Segmented
      label={t('isTrue')}
      value={String(props.draft.key.value) as 'true' | 'false'}
      onChange={(value) => props.change((draft) => (draft.key.value = value === 'true'))}
      options={[{ value: 'true', label: t('true') }, { value: 'false', label: t('false') }]}
    />
  );
}

/** Word limits and a sample for the people who mark. */
export function EssayAnswer(props: AnswerProps<'essay'>): JSX.Element {
  const t = useMessages(messages);
  const errorAt = useErrorAt();
  return (
    <>
      <div class="EditorPair">
        <div data-pointer="/key/minWords"><NumberInput label={t('minWords')} unit={t('words')} placeholder={t('noLimit')} min={0} max={100_000} error={errorAt('/key/minWords')} value={props.draft.key.minWords} onChange={(words) => props.change((draft) => setOrDrop(draft.key, 'minWords', words))} /></div>
        <div data-pointer="/key/maxWords"><NumberInput label={t('maxWords')} unit={t('words')} placeholder={t('noLimit')} min={1} max={100_000} error={errorAt('/key/maxWords')} value={props.draft.key.maxWords} onChange={(words) => props.change((draft) => setOrDrop(draft.key, 'maxWords', words))} /></div>
      </div>
      <TextArea label={t('sample')} hint={t('sampleHint')} optional rows={4} dir="auto" value={props.draft.key.sample ?? ''} onChange={(sample) => props.change((draft) => (draft.key.sample = sample))} />
    </>
  );
}



/** How many files of which kind and size. */
export function FileAnswer(props: AnswerProps<'file-upload'>): JSX.Element {
  const t = useMessages(messages);
  const errorAt = useErrorAt();
  const options = (): NonNullable<typeof props.draft.options> => props.draft.options ?? {};
  return (
    <>
      <div class="EditorPair">
        <div data-pointer="/options/maxFiles"><NumberInput label={t('maxFiles')} min={1} max={20} error={errorAt('/options/maxFiles')} value={options().maxFiles ?? 1} onChange={(count) => props.change((draft) => setOrDrop((draft.options ??= {}), 'maxFiles', count))} /></div>
        <div data-pointer="/options/maxBytes"><NumberInput label={t('maxBytes')} unit="MB" min={1} max={100} error={errorAt('/options/maxBytes')} value={Math.round((options().maxBytes ?? 10_000_000) / 1_000_000)} onChange={(mega) => props.change((draft) => setOrDrop((draft.options ??= {}), 'maxBytes', mega === undefined ? undefined : mega * 1_000_000))} /></div>
      </div>
      <div data-pointer="/options/extensions">
        <WordsInput label={t('extensions')} hint={t('extensionsHint')} placeholder={t('extensionAdd')} mono error={errorAt('/options/extensions')} value={options().extensions ?? []} onChange={(extensions) => props.change((draft) => ((draft.options ??= {}).extensions = extensions.map((extension) => extension.replace(/^\./, '').toLowerCase())))} suggestions={['pdf', 'docx', 'odt', 'xlsx', 'csv', 'txt', 'png', 'jpg', 'zip']} />
      </div>
    </>
  );
}

/** Languages to choose from, code to start from, and a sample. */
export function CodeAnswer(props: AnswerProps<'code'>): JSX.Element {
  const t = useMessages(messages);
  const errorAt = useErrorAt();
  const options = (): NonNullable<typeof props.draft.options> => props.draft.options ?? { languages: [] };
  return (
    <>
      <div data-pointer="/options/languages">
        <WordsInput label={t('languages')} placeholder={t('languageAdd')} mono error={errorAt('/options/languages')} value={options().languages} onChange={(languages) => props.change((draft) => ((draft.options ??= { languages: [] }).languages = languages))} suggestions={['python', 'java', 'javascript', 'typescript', 'c', 'cpp', 'csharp', 'go', 'rust', 'r', 'sql', 'haskell', 'matlab']} />
      </div>
      <TextArea class="mono" label={t('template')} hint={t('templateHint')} optional rows={4} spellcheck={false} dir="ltr" value={options().template ?? ''} onChange={(template) => props.change((draft) => ((draft.options ??= { languages: [] }).template = template))} />
      <TextArea class="mono" label={t('sample')} hint={t('sampleHint')} optional rows={4} spellcheck={false} dir="ltr" value={props.draft.key?.sample ?? ''} onChange={(sample) => props.change((draft) => ((draft.key ??= {}).sample = sample))} />
    </>
  );
}

function setOrDrop<Target extends object, Name extends keyof Target>(target: Target, name: Name, value: Target[Name] | undefined): void {
  if (value === undefined) delete target[name];
  else target[name] = value;
}
