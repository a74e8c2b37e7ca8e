import ArrowUp from 'lucide-solid/icons/arrow-up';
import FileText from 'lucide-solid/icons/file-text';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, Index, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from '#web/ui/Button.tsx';
import { FileDrop } from '#web/ui/FileDrop.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { mediaAddress, uploadMedia } from '../api.ts';
import type { Draft } from './draft.ts';
import { ErrorLine, useErrorAt } from './errors-context.tsx';
import { messages } from './messages.ts';

const MAX_BYTES = 25 * 1024 * 1024;

/** Files of a question: uploaded at once, kept with the question when it is saved. */
export function MediaEditor(props: { media: Draft['media']; change: (work: (draft: Draft) => void) => void }): JSX.Element {
  const t = useMessages(messages);
  const errorAt = useErrorAt();
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  async function add(files: File[]): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      for (const file of files) {
        const medium = await uploadMedia(file);
        props.change((draft) => void draft.media.push({ id: medium.id }));
      }
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <div class="MediaEditor" data-pointer="/media">
      <ErrorLine pointer="/media" />
      <ul class="MediaEditor__list">
        <Index each={props.media}>
          {(medium, index) => (
            <li class="MediaEditor__row" data-pointer={`/media/${index}`}>
              <Thumb id={medium().id} name={t('mediaFile', { number: index + 1 })} />
              <TextInput
                label={t('mediaAlt')}
                hint={(medium().alt ?? '').trim() === '' ? t('mediaAltMissing') : t('mediaAltHint')}
                error={errorAt(`/media/${index}/id`) ?? errorAt(`/media/${index}/alt`)}
                dir="auto"
                maxlength={1000}
                value={medium().alt ?? ''}
                onChange={(alt) => props.change((draft) => (draft.media[index] = { id: draft.media[index]!.id, alt }))}
              />
              <span class="OptionRow__acts">
                <IconButton size="small" icon={ArrowUp} label={t('mediaUp')} disabled={index === 0} onClick={() => props.change(({ media }) => void media.splice(index - 1, 0, ...media.splice(index, 1)))} />
                <IconButton size="small" icon={Trash} label={t('mediaRemove')} onClick={() => props.change(({ media }) => void media.splice(index, 1))} />
              </span>
            </li>
          )}
        </Index>
      </ul>
      <FileDrop multiple accept="image/png,image/jpeg,image/gif,image/webp,application/pdf,audio/*,video/*" maxBytes={MAX_BYTES} title={t('mediaAdd')} hint={t('mediaHint')} busy={isBusy()} busyText={t('mediaBusy')} onFiles={(files) => void add(files)} />
      <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
    </div>
  );
}

function Thumb(props: { id: string; name: string }): JSX.Element {
  // the type of a file is known to the server only; what is no image shows a sign
  const [isImage, setImage] = createSignal(true);
  return (
    <Show when={isImage()} fallback={<span class="MediaEditor__thumb"><FileText aria-label={props.name} /></span>}>
      <img class="MediaEditor__thumb" src={mediaAddress(props.id)} alt={props.name} onError={() => setImage(false)} />
    </Show>
  );
}
