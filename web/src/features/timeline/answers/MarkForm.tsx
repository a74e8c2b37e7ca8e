import Check from 'lucide-solid/icons/check';
import { createSignal, Show, type JSX, untrack } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { Button } from '#web/ui/Button.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { giveMark, type MarkReply, type ReviewItem } from '../api.ts';
import { messages } from '../messages.ts';
import { pointsText } from './points-text.ts';

import './mark-form.css';

/** Props of a mark by hand. */
export interface MarkFormProps {
  sessionId: string;
  item: ReviewItem;
  /** Version of the result that the page shows. */
  resultVersion: number;
  onSaved: (reply: MarkReply) => void;
  /** Somebody else marked meanwhile. */
  onStale: () => void;
}

/** Gives or changes the mark of one answer by hand. */
export function MarkForm(props: MarkFormProps): JSX.Element {
  const t = useMessages(messages);
  // what is being written outlives a reload of the page's data
  const before = untrack(() => props.item.mark);
  const [points, setPoints] = createSignal(before?.state === 'graded' ? pointsText(before.points ?? '') : '');
  const [comment, setComment] = createSignal(before?.comment ?? '');
  const [isTried, setTried] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [savedMs, setSavedMs] = createSignal<number>();
  const wrong = (): string | undefined => {
    const text = points().trim().replace(',', '.');
    if (!/^\d{1,10}(\.\d*)?$/.test(text)) return isTried() ? t('pointsMissing', { max: props.item.points }) : undefined;
    if (Number(text) > Number(props.item.points)) return t('tooManyPoints', { max: props.item.points });
    return /\.\d{5,}$/.test(text) ? t('pointsPlaces') : undefined;
  };
  async function save(): Promise<void> {
    setTried(true);
    if (wrong() !== undefined || isBusy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const reply = await giveMark(props.sessionId, props.item.itemId, {
        points: points().trim().replace(',', '.').replace(/\.$/, ''), comment: comment().trim() === '' ? null : comment(), version: props.resultVersion,
      });
      setSavedMs(serverNowMs());
      props.onSaved(reply);
    } catch (thrown) {
      setProblem(thrown);
      if (isProblem(thrown, 'version-conflict')) props.onStale();
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      class="MarkForm"
      novalidate
      aria-label={t('markTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void save();
      }}
    >
      <div>
        <TextInput label={t('points')} inputmode="decimal" autocomplete="off" value={points()} onChange={setPoints} error={wrong()} required unit={t('ofMax', { max: pointsText(props.item.points) })} />
      </div>
      <TextArea label={t('comment')} hint={t('commentHint')} optional rows={2} maxlength={5_000} value={comment()} onChange={setComment} />
      <div class="MarkForm__acts">
        <Button type="submit" kind="primary" keys="Ctrl Enter" busy={isBusy()} busyText={t('savingMark')}>{t('saveMark')}</Button>
        <span class="MarkForm__saved" role="status"><Show when={savedMs()}>{(at) => <><Check class="ink-done" />{t('markSaved', { time: formatTime(at(), { seconds: true }) })}</>}</Show></span>
      </div>
      <Show when={problem()}>{(thrown) => <ProblemView compact problem={thrown()} {...(isProblem(thrown(), 'version-conflict') ? { help: t('markStale') } : {})} />}</Show>
    </form>
  );
}
