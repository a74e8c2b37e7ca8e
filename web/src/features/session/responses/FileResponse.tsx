import CircleAlert from 'lucide-solid/icons/circle-alert';
import FileCheck from 'lucide-solid/icons/file-check';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import X from 'lucide-solid/icons/x';
import { createEffect, createSignal, For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatBytes } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ApiProblem } from '#web/lib/problem.ts';
import { IconButton } from '#web/ui/Button.tsx';
import { FileDrop } from '#web/ui/FileDrop.tsx';

import { newId } from '../ids.ts';
import { laterMessages as messages } from '../later-messages.ts';
import { useSit } from '../sit-context.ts';
import { describeFile, type Upload, uploadFile } from '../upload-file.ts';
import type { ResponseProps } from './response-props.ts';

import './hot-spot.css';

/** Longest file that the platform takes, bytes. */
const FILE_LIMIT_BYTES = 25 * 1024 * 1024;

interface Running {
  readonly key: string;
  readonly file: File;
  readonly ratio: number;
  readonly problem: unknown;
  readonly upload: Upload | null;
}

/** Files: chosen or dropped, sent at once, and part of the answer when they have arrived. */
export function FileResponse(props: ResponseProps<'file-upload'>): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const [running, setRunning] = createSignal<readonly Running[]>([]);
  const [known, setKnown] = createSignal<Readonly<Record<string, { name: string; size: number }>>>({});
  const most = (): number => props.item.options?.maxFiles ?? 1;
  const mostBytes = (): number => Math.min(props.item.options?.maxBytes ?? FILE_LIMIT_BYTES, FILE_LIMIT_BYTES);
  const ids = (): readonly string[] => props.response?.fileIds ?? [];
  const accept = (): string | undefined => props.item.options?.extensions?.map((extension) => `.${extension}`).join(',');
  const mayAdd = (): boolean => !props.readOnly && ids().length + running().length < most();

  createEffect(() => {
    for (const id of ids()) {
      if (known()[id] !== undefined) continue;
      void describeFile(sit.sessionId, id).then((found) => found !== null && setKnown((before) => ({ ...before, [id]: found })));
    }
  });

  function update(key: string, change: Partial<Running>): void {
    setRunning((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }

  function start(file: File, key = newId()): void {
    const upload = uploadFile(sit.sessionId, file, (ratio) => update(key, { ratio }));
    setRunning((before) => [...before.filter((one) => one.key !== key), { key, file, ratio: 0, problem: null, upload }]);
    upload.done.then(
      ({ fileId, fileName, size }) => {
        setKnown((before) => ({ ...before, [fileId]: { name: fileName, size } }));
        setRunning((before) => before.filter((one) => one.key !== key));
        if (!ids().includes(fileId)) props.onChoose({ fileIds: [...ids(), fileId] });
        sit.say(t('fileArrived', { name: fileName }));
      },
      (problem: unknown) => {
        update(key, { problem, upload: null });
        sit.say(t('fileFailed', { name: file.name }));
      },
    );
  }

  function stop(one: Running): void {
    one.upload?.cancel();
    setRunning((before) => before.filter(({ key }) => key !== one.key));
  }

  function remove(id: string): void {
    const rest = ids().filter((other) => other !== id);
    props.onChoose(rest.length === 0 ? null : { fileIds: rest });
  }

  const why = (problem: unknown): string => (problem instanceof ApiProblem ? problem.detail : t('fileOffline'));

  return (
    <div class="FileAnswer" role="group" aria-labelledby={props.labelledBy}>
      <ul class="FileAnswer__list">
        <For each={ids()}>
          {(id) => (
            <li class="FileAnswer__file" data-state="done">
              <FileCheck />
              <span class="FileAnswer__name"><b dir="auto">{known()[id]?.name ?? t('file')}</b><span>{known()[id] === undefined ? '' : formatBytes(known()[id]!.size)}</span></span>
              <IconButton icon={X} label={t('removeFile', { name: known()[id]?.name ?? t('file') })} disabled={props.readOnly} onClick={() => remove(id)} />
            </li>
          )}
        </For>
        <For each={running()}>
          {(one) => (
            <li class="FileAnswer__file" data-state={one.problem === null ? 'running' : 'failed'}>
              <Dynamic component={one.problem === null ? LoaderCircle : CircleAlert} />
              <span class="FileAnswer__name">
                <b dir="auto">{one.file.name}</b>
                <span>{one.problem === null ? t('sending', { percent: String(Math.round(one.ratio * 100)), size: formatBytes(one.file.size) }) : why(one.problem)}</span>
              </span>
              <span class="FileAnswer__acts">
                <Show when={one.problem !== null}><IconButton icon={RotateCw} label={t('tryAgain')} onClick={() => start(one.file, one.key)} /></Show>
                <IconButton icon={X} label={t('stopFile', { name: one.file.name })} onClick={() => stop(one)} />
              </span>
              <Show when={one.problem === null}><progress max="1" value={one.ratio} aria-label={one.file.name} /></Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={mayAdd()}>
        <FileDrop
          multiple={most() > 1} maxBytes={mostBytes()} {...(accept() === undefined ? {} : { accept: accept()! })}
          hint={t('fileLimits', { count: String(most()), size: formatBytes(mostBytes()), kinds: props.item.options?.extensions?.join(', ') ?? t('anyKind') })}
          onFiles={(files) => files.slice(0, most() - ids().length - running().length).forEach((file) => start(file))}
        />
      </Show>
    </div>
  );
}
