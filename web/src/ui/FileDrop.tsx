import Upload from 'lucide-solid/icons/upload';
import { createSignal, createUniqueId, Show, type JSX } from 'solid-js';

import { formatBytes } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { messages } from './messages.ts';

import './file-drop.css';

/** Takes files by dropping or choosing; it is a file input, so the keyboard works. Files that are too large or of another kind are refused in words. */
export function FileDrop(props: { onFiles: (files: File[]) => void; /** As of an input: ".csv,text/csv". */ accept?: string; multiple?: boolean; maxBytes?: number; title?: string; hint?: JSX.Element; busy?: boolean; busyText?: string; error?: string | undefined }): JSX.Element {
  const t = useMessages(messages);
  const id = createUniqueId();
  const [isOver, setOver] = createSignal(false);
  const [refused, setRefused] = createSignal<string>();

  function take(list: FileList | null): void {
    const files = [...(list ?? [])].slice(0, props.multiple ? undefined : 1);
    setRefused(undefined);
    for (const file of files) {
      if (props.maxBytes !== undefined && file.size > props.maxBytes) return void setRefused(t('fileTooLarge', { name: file.name, size: formatBytes(file.size), max: formatBytes(props.maxBytes) }));
      if (!fits(file, props.accept)) return void setRefused(t('fileKind', { name: file.name, kinds: (props.accept ?? '').split(',').filter((kind) => kind.trim().startsWith('.')).join(', ') || (props.accept ?? '') }));
    }
    if (files.length > 0) props.onFiles(files);
  }
  return (
    <div class="FileDrop__field">
      <label
        class="FileDrop"
        data-over={isOver() ? '' : undefined}
        data-busy={props.busy ? '' : undefined}
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (!props.busy) take(event.dataTransfer?.files ?? null);
        }}
      >
        <input
          type="file"
          class="visually-hidden"
          accept={props.accept}
          multiple={props.multiple ?? false}
          disabled={props.busy ?? false}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            take(event.currentTarget.files);
            // the same file may be chosen again after a correction
            event.currentTarget.value = '';
          }}
        />
        <Upload />
        <b>{props.busy ? (props.busyText ?? t('loading')) : (props.title ?? (props.multiple ? t('dropManyHere') : t('dropHere')))}</b>
        <span class="FileDrop__hint" id={`${id}-hint`}>{props.hint}</span>
      </label>
      <div class="Field__error" role="alert"><Show when={props.error ?? refused()}>{(text) => <span>{text()}</span>}</Show></div>
    </div>
  );
}

function fits(file: File, accept: string | undefined): boolean {
  if (accept === undefined || accept === '') return true;
  return accept.split(',').map((kind) => kind.trim().toLowerCase()).some((kind) => {
    if (kind.startsWith('.')) return file.name.toLowerCase().endsWith(kind);
    return kind.endsWith('/*') ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind;
  });
}
