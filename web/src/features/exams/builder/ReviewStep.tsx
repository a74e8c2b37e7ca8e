import Rocket from 'lucide-solid/icons/send';
import { createSignal, Show, type JSX } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { type Exam, type Finding, publishExam, type Readiness } from '../api.ts';
import { factsOf } from '../exam-facts.ts';
import { messages as examMessages } from '../messages.ts';
import type { Builder } from './create-builder.ts';
import type { KnownQuestions } from './create-questions.ts';
import { Findings } from './Findings.tsx';
import { messages } from './messages.ts';

/** Last step: what is missing, what will be published, and the button. */
export function ReviewStep(props: { builder: Builder; questions: KnownQuestions; readiness: Readiness | undefined; onGo: (finding: Finding) => void; onPublished: (exam: Exam) => void }): JSX.Element {
  const t = useMessages(messages);
  const e = useMessages(examMessages);
  const [isAsking, setAsking] = createSignal(false);
  let key = commandKey();
  const exam = (): Exam => props.builder.exam();
  const people = (): string => (exam().assignedCount === 1 ? e('student') : e('students', { count: exam().assignedCount }));
  const canPublish = (): boolean => props.readiness?.ready === true && props.builder.state() === 'saved';
  async function publish(): Promise<void> {
    await props.builder.flush();
    props.onPublished(await publishExam(exam().id, exam().version, key));
  }
  function ask(): void {
    key = commandKey();
    setAsking(true);
  }
  return (
    <>
      <Show when={props.readiness} fallback={<Skeleton kind="block" height="120px" />}>
        {(readiness) => (
          <>
            <Show
              when={readiness().ready}
              fallback={
                <Card title={t('reviewNot')} flush footer={t('reviewNotText')}><Findings findings={readiness().errors} builder={props.builder} questions={props.questions} onGo={props.onGo} /></Card>
              }
            >
              <Banner tone="done" title={t('review')} actions={<Button kind="primary" icon={Rocket} disabled={!canPublish()} title={canPublish() ? undefined : t('publishStill')} onClick={ask}>{t('publish')}</Button>}>{t('reviewText')}</Banner>
            </Show>
            <Show when={readiness().warnings.length > 0}><Card title={t('warnings')} flush><Findings quiet findings={readiness().warnings} builder={props.builder} questions={props.questions} onGo={props.onGo} /></Card></Show>
          </>
        )}
      </Show>
      <Card title={t('facts')}><Facts items={factsOf(exam(), e as never)} /></Card>
      <ConfirmDialog
        open={isAsking()}
        onClose={() => setAsking(false)}
        size={640}
        title={t('publishTitle', { title: exam().title })}
        scope={t('publishScope', { people: people() })}
        verb={t('publish')}
        busyText={t('publishing')}
        note={t('publishNote')}
        onConfirm={publish}
      >
        <Facts items={factsOf(exam(), e as never)} />
        <Show when={(props.readiness?.warnings.length ?? 0) > 0}><Findings quiet findings={props.readiness!.warnings} builder={props.builder} questions={props.questions} onGo={(finding) => { setAsking(false); props.onGo(finding); }} /></Show>
      </ConfirmDialog>
    </>
  );
}
