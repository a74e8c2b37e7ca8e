import Tag from 'lucide-solid/icons/tag';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { deleteQuestion, type Question, restoreQuestion, saveQuestion } from '../api.ts';
import { draftOf, inputOf } from '../editor/draft.ts';
import { plainLine } from '../plain-line.ts';
import { messages } from './messages.ts';

/** What can be done with the selected questions. */
export function BulkBar(props: { questions: readonly Question[]; onClear: () => void; onGone: (ids: ReadonlySet<string>) => void; onChanged: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [asks, setAsks] = createSignal<'delete' | 'tag'>();
  const [tag, setTag] = createSignal('');
  const [refused, setRefused] = createSignal<readonly { question: Question; why: string }[]>([]);
  const count = (): number => props.questions.length;

  async function remove(): Promise<void> {
    const gone = new Set<string>();
    const kept: { question: Question; why: string }[] = [];
    for (const question of props.questions) {
      await deleteQuestion(question.id).then(
        () => gone.add(question.id),
        (thrown: unknown) => {
          // one that is refused stops nothing; a server that is away does
          if (!isProblem(thrown, 'state-conflict', 'not-found', 'forbidden')) throw thrown;
          kept.push({ question, why: thrown.detail });
        },
      );
    }
    setRefused(kept);
    props.onGone(gone);
    props.onClear();
    if (gone.size === 0) return;
    const undo = (): void => void Promise.allSettled([...gone].map((id) => restoreQuestion(id))).then(() => {
      toast(t('restored'));
      props.onChanged();
    });
    toast(gone.size === 1 ? t('deletedOne') : t('deleted', { count: gone.size }), { icon: Trash, action: { label: t('undo'), onPress: undo } });
  }
  async function addTag(): Promise<void> {
    for (const question of props.questions) {
      const draft = draftOf(question);
      if (draft.tags.includes(tag().trim())) continue;
      draft.tags.push(tag().trim());
      await saveQuestion(question.id, question.version, inputOf(draft));
    }
    props.onClear();
    props.onChanged();
  }
  return (
    <>
      <Show when={refused().length > 0}>
        <div class="BankRefused">
          <Banner tone="attention" live="alert" title={t('notDeleted', { count: refused().length })} onClose={() => setRefused([])}>
            <ul><For each={refused()}>{({ question, why }) => <li><b>{plainLine(question.text).slice(0, 80)}</b>: {why}</li>}</For></ul>
          </Banner>
        </div>
      </Show>
      <Show when={count() > 0}>
        <div class="BankBulk" role="toolbar" aria-label={t('selected', { count: count() })}>
          <b>{t('selected', { count: count() })}</b>
          <Button size="small" icon={Tag} onClick={() => { setTag(''); setAsks('tag'); }}>{t('addTag')}</Button>
          <Button size="small" kind="danger" icon={Trash} onClick={() => setAsks('delete')}>{t('delete')}</Button>
          <Button size="small" kind="quiet" onClick={() => props.onClear()}>{t('unselect')}</Button>
        </div>
      </Show>
      <ConfirmDialog open={asks() === 'delete'} onClose={() => setAsks(undefined)} kind="act" title={count() === 1 ? t('deleteTitleOne') : t('deleteTitle', { count: count() })} scope={t('deleteScope')} verb={t('delete')} busyText={t('deleting')} onConfirm={remove} />
      <ConfirmDialog open={asks() === 'tag'} onClose={() => setAsks(undefined)} title={t('addTagTitle', { count: count() })} scope={t('addTagScope')} verb={t('addTagVerb')} disabled={tag().trim() === ''} onConfirm={addTag}>
        <TextInput label={t('tag')} maxlength={60} value={tag()} onChange={setTag} />
      </ConfirmDialog>
    </>
  );
}
