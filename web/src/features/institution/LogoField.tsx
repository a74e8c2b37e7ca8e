import { Show, type JSX } from 'solid-js';
import X from 'lucide-solid/icons/x';

import { mediaAddress, uploadMedia } from '#web/features/questions/api.ts';
import { createAct } from '#web/lib/create-act.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field } from '#web/ui/Field.tsx';
import { FileDrop } from '#web/ui/FileDrop.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { messages } from './messages.ts';

const MAX_BYTES = 1_000_000;

class NoImage extends Error {}

/** The logo: shown, replaced by another file, removed. A file that is no image is refused before it is uploaded. */
export function LogoField(props: { mediaId: string | null; onChange: (mediaId: string | null) => void }): JSX.Element {
  const t = useMessages(messages);
  const upload = createAct(async (file: File) => {
    const image = await createImageBitmap(file).catch(() => { throw new NoImage(); });
    image.close();
    props.onChange((await uploadMedia(file)).id);
  });
  const isNoImage = (): boolean => upload.problem() instanceof NoImage;
  return (
    <Field label={t('logo')} group>
      <div class="LogoField">
        <Show when={props.mediaId}>
          {(id) => (
            <div class="LogoField__shown">
              <img src={mediaAddress(id())} alt={t('logoAlt')} />
              <Button size="small" icon={X} onClick={() => props.onChange(null)}>{t('logoRemove')}</Button>
            </div>
          )}
        </Show>
        <FileDrop
          onFiles={([file]) => void upload.run(file!)} accept=".png,.jpg,.jpeg,image/png,image/jpeg" maxBytes={MAX_BYTES} title={t('logoDrop')} hint={t('logoHint')}
          busy={upload.isBusy()} busyText={t('logoBusy')} error={isNoImage() ? t('logoNoImage') : undefined}
        />
        <Show when={!isNoImage() && upload.problem()}>{(problem) => <ProblemView compact problem={problem()} onRetry={upload.clear} />}</Show>
      </div>
    </Field>
  );
}
