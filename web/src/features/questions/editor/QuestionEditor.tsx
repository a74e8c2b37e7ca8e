import { useNavigate } from '@solidjs/router';
import CloudCheck from 'lucide-solid/icons/cloud-check';
import Copy from 'lucide-solid/icons/copy';
import History from 'lucide-solid/icons/rotate-ccw-clock';
import Pencil from 'lucide-solid/icons/pencil';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, For, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { unwrap } from 'solid-js/store';

import { gapIds } from '#domain/questions/cloze-marks.ts';
import { QUESTION_TYPES, type QuestionType } from '#domain/questions/types.ts';
import { createLeaveGuard } from '#web/lib/create-leave-guard.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { LinkButton } from '#web/ui/Link.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Select } from '#web/ui/Select.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { deleteQuestion, type Question, readFacets, restoreQuestion } from '../api.ts';
import { messages as bankMessages } from '../messages.ts';
import { plainLine } from '../plain-line.ts';
import { QuestionPreview } from '../view/QuestionPreview.tsx';
import { AnswerEditor } from './AnswerEditor.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { createEditor } from './create-editor.ts';
import { DetailsCard } from './DetailsCard.tsx';
import { ErrorsProvider, useErrorAt } from './errors-context.tsx';
import { MediaEditor } from './MediaEditor.tsx';
import { messages } from './messages.ts';
import { RichTextInput } from './RichTextInput.tsx';
import { keepForCopy } from './copies.ts';
import { VersionsDialog } from './VersionsDialog.tsx';

import './question-editor.css';

/** Writes a question: its text, what the answer is, and how it will look. */
export function QuestionEditor(props: { question?: Question | undefined; initial?: { type?: QuestionType; draft?: Parameters<ReturnType<typeof createEditor>['fill']>[0] } }): JSX.Element {
  const t = useMessages(messages);
  const b = useMessages(bankMessages);
  const navigate = useNavigate();
  const editor = createEditor(props.question, props.initial?.type);
  if (props.initial?.draft !== undefined) editor.fill(props.initial.draft);
  const [isLeaving, setLeaving] = createSignal(false);
  const guard = createLeaveGuard(() => editor.isDirty() && !isLeaving());
  const facets = createLoad(() => 'all', (_, signal) => readFacets({}, signal));
  const [showsVersions, setShowsVersions] = createSignal(false);
  const [isDeleting, setDeleting] = createSignal(false);
  let text: HTMLTextAreaElement | undefined;
  let form!: HTMLDivElement;

  async function save(then?: 'next'): Promise<void> {
    const isNew = editor.stored() === undefined;
    const saved = await editor.save();
    if (saved === undefined) return void form.querySelector<HTMLElement>('.EditorErrors')?.focus();
    // the head of the page says it too, but here that page goes away
    if (isNew) toast(t('saved', { time: formatTime(saved.updatedAt, { seconds: true }) }));
    if (then === 'next') navigate('/staff/questions/new', { state: { type: saved.type, at: saved.id } });
    else if (isNew) navigate(`/staff/questions/${saved.id}`, { replace: true });
  }
  onMount(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      void save(event.shiftKey && editor.stored() === undefined ? 'next' : undefined);
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
    if (editor.stored() === undefined) text?.focus();
  });

  function insertGap(): void {
    const at = text?.selectionEnd ?? editor.draft.text.value.length;
    const taken = new Set(gapIds(editor.draft.text.value));
    let number = 1;
    while (taken.has(`g${number}`)) number += 1;
    const mark = `[[g${number}]]`;
    editor.change((draft) => (draft.text = { format: draft.text.format, value: draft.text.value.slice(0, at) + mark + draft.text.value.slice(at) }));
    queueMicrotask(() => {
      text?.focus();
      text?.setSelectionRange(at + mark.length, at + mark.length);
    });
  }
  /** Brings the field of an error into view and moves the focus into it. */
  function show(pointer: string): void {
    const places = [...form.querySelectorAll<HTMLElement>('[data-pointer]')].filter((place) => pointer === place.dataset['pointer'] || pointer.startsWith(`${place.dataset['pointer']}/`));
    const place = places.sort((one, other) => other.dataset['pointer']!.length - one.dataset['pointer']!.length)[0];
    place?.scrollIntoView({ block: 'center' });
    (place?.querySelector<HTMLElement>('input, textarea, select') ?? place)?.focus({ preventScroll: true });
  }
  async function remove(): Promise<void> {
    const id = editor.stored()!.id;
    await deleteQuestion(id);
    setLeaving(true);
    toast(t('removed'), { icon: Trash, action: { label: t('undo'), onPress: () => void restoreQuestion(id).then(() => navigate(`/staff/questions/${id}`)) } });
    navigate('/staff/questions');
  }
  const title = (): string => (editor.stored() === undefined ? t('newQuestion') : plainLine(editor.draft.text).slice(0, 200) || b('noText'));
  return (
    <ErrorsProvider value={editor.errors}>
      <PageHeader
        title={<span class="QuestionEditor__title" dir="auto">{title()}</span>}
        badge={<Show when={editor.isDirty()} fallback={<Show when={editor.stored()}><Badge tone="done" icon={CloudCheck}>{t('saved', { time: formatTime(editor.stored()!.updatedAt) })}</Badge></Show>}><Badge line icon={Pencil}>{t('unsaved')}</Badge></Show>}
        sub={
          <Show when={editor.stored()} fallback={t('subNew')}>
            {(stored) => <>{t('version', { version: stored().version, at: formatDateTime(stored().updatedAt) })} · {stored().usageCount === 0 ? t('notUsed') : stored().usageCount === 1 ? t('usedOnce') : t('used', { count: stored().usageCount })}</>}
          </Show>
        }
        actions={
          <>
            <Show when={editor.stored()}>
              <Button icon={History} onClick={() => setShowsVersions(true)}>{t('versions')}</Button>
              <Menu
                label={t('more')}
                items={[
                  { label: t('duplicate'), icon: Copy, onSelect: () => { keepForCopy(unwrap(editor.draft)); navigate('/staff/questions/new?copy'); } },
                  { separator: true },
                  { label: t('remove'), icon: Trash, tone: 'act', onSelect: () => setDeleting(true) },
                ]}
              />
            </Show>
            <Show when={editor.stored() === undefined}><Button icon={Plus} disabled={editor.isSaving()} onClick={() => void save('next')}>{t('saveAndNext')}</Button></Show>
            <Button kind="primary" keys="Ctrl Enter" busy={editor.isSaving()} busyText={t('saving')} onClick={() => void save()}>{editor.stored() === undefined ? t('saveNew') : t('save')}</Button>
          </>
        }
      />
      <PageBody>
        <div class="QuestionEditor" ref={form}>
          <div class="QuestionEditor__form">
            <ErrorSummary errors={editor.errors()} onShow={show} />
            <Show when={editor.problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
            <Card>
              <div class="QuestionEditor__text">
                <Select
                  label={t('type')}
                  hint={b(`what.${editor.draft.type}`)}
                  value={editor.draft.type}
                  onChange={(type: QuestionType) => editor.setType(type)}
                  options={QUESTION_TYPES.map((value) => ({ value, label: b(`type.${value}`) }))}
                />
                <RichTextInput
                  ref={(element) => (text = element)}
                  label={t('text')}
                  hint={editor.draft.type === 'cloze' ? t('textHintCloze') : t('textHint')}
                  pointer="/text"
                  rows={4}
                  value={editor.draft.text}
                  onChange={(value) => editor.change((draft) => (draft.text = value))}
                  actions={<Show when={editor.draft.type === 'cloze'}><Button size="small" icon={Plus} onClick={insertGap}>{t('insertGap')}</Button></Show>}
                />
              </div>
            </Card>
            <Show when={editor.draft.type === 'hot-spot'}><Card title={t('image')}><MediaEditor media={editor.draft.media} change={editor.change} /></Card></Show>
            <Card title={t('answer')}>
              <div class="QuestionEditor__answer"><AnswerEditor draft={editor.draft} change={editor.change} /></div>
            </Card>
            <Show when={editor.draft.type !== 'hot-spot'}><Card title={t('media')}><MediaEditor media={editor.draft.media} change={editor.change} /></Card></Show>
            <Card title={t('explanation')}>
              <RichTextInput label={t('explanation')} hideLabel hint={t('explanationHint')} pointer="/explanation" rows={2} value={editor.draft.explanation} onChange={(value) => editor.change((draft) => (draft.explanation = value))} />
            </Card>
          </div>
          <div class="QuestionEditor__side">
            <Card title={t('preview')} flush><QuestionPreview draft={editor.draft} /></Card>
            <DetailsCard draft={editor.draft} change={editor.change} facets={facets.value()} />
            <Show when={(editor.stored()?.usageCount ?? 0) > 0}><p class="soft small">{t('usedNote')}</p></Show>
          </div>
        </div>
      </PageBody>
      <ConflictDialog editor={editor} />
      <Show when={editor.stored()}>
        {(stored) => <VersionsDialog open={showsVersions()} onClose={() => setShowsVersions(false)} question={stored()} onTake={(draft) => editor.fill(draft)} />}
      </Show>
      <ConfirmDialog open={isDeleting()} onClose={() => setDeleting(false)} kind="act" title={t('removeTitle')} scope={t('removeScope')} verb={t('remove')} onConfirm={remove} />
      <ConfirmDialog open={guard.isAsking()} onClose={guard.stay} kind="act" title={t('leaveTitle')} scope={t('leaveScope')} verb={t('leave')} onConfirm={() => Promise.resolve(guard.leave())} />
    </ErrorsProvider>
  );
}

function ErrorSummary(props: { errors: readonly { pointer: string; message: string }[]; onShow: (pointer: string) => void }): JSX.Element {
  const t = useMessages(messages);
  const errorAt = useErrorAt();
  const shown = (): readonly { pointer: string; text: string }[] => props.errors.map(({ pointer, message }) => ({ pointer, text: errorAt(pointer) ?? message }));
  return (
    <Show when={props.errors.length > 0}>
      <div class="EditorErrors" tabindex={-1}>
        <Banner tone="attention" live="alert" title={props.errors.length === 1 ? t('wrongOne') : t('wrongMany', { count: props.errors.length })}>
          <ul class="EditorErrors__list"><For each={shown()}>{(error) => <li><LinkButton onClick={() => props.onShow(error.pointer)}>{error.text}</LinkButton></li>}</For></ul>
        </Banner>
      </div>
    </Show>
  );
}
