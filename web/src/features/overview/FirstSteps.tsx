import CalendarClock from 'lucide-solid/icons/calendar-clock';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Library from 'lucide-solid/icons/library';
import Users from 'lucide-solid/icons/users';
import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import type { Icon } from '#web/ui/icon.ts';

import type { FirstSteps as Counts } from './create-overview.ts';
import { messages } from './messages.ts';

/** The way to a first exam, for an installation that has none. */
export function FirstSteps(props: { steps: Counts | undefined; isAdmin: boolean }): JSX.Element {
  const t = useMessages(messages);
  const questions = (): number => props.steps?.questions ?? 0;
  const people = (): number => props.steps?.people ?? 0;
  // the first step that is not done carries the primary button
  const next = (): number => (questions() === 0 ? 0 : people() === 0 ? 1 : 2);
  return (
    <Card title={t('welcome')}>
      <p class="soft">{t('welcomeText')}</p>
      <ol class="FirstSteps">
        <Step icon={Library} title={t('stepQuestions')} text={t('stepQuestionsText')} done={questions()}>
          <Button kind={next() === 0 ? 'primary' : 'secondary'} href="/staff/questions/import">{t('importQuestions')}</Button>
          <Button href="/staff/questions/new">{t('writeQuestion')}</Button>
        </Step>
        <Step icon={Users} title={t('stepPeople')} text={t('stepPeopleText')} done={people()}>
          <Show when={props.isAdmin}><Button kind={next() === 1 ? 'primary' : 'secondary'} href="/staff/people">{t('addPeople')}</Button></Show>
          <Button href="/staff/batches">{t('makeBatch')}</Button>
        </Step>
        <Step icon={CalendarClock} title={t('stepExam')} text={t('stepExamText')} done={0}>
          <Button kind={next() === 2 ? 'primary' : 'secondary'} href="/staff/exams">{t('newExam')}</Button>
        </Step>
      </ol>
    </Card>
  );
}

function Step(props: { icon: Icon; title: string; text: string; done: number; children: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  return (
    <li>
      <span class="FirstSteps__icon"><Dynamic component={props.icon} /></span>
      <div>
        <h3>{props.title} <Show when={props.done > 0}><StateMark icon={CircleCheck} tone="done">{t('done', { count: props.done })}</StateMark></Show></h3>
        <p class="soft">{props.text}</p>
        <div class="FirstSteps__acts">{props.children}</div>
      </div>
    </li>
  );
}
