import { createEffect, createSignal, For, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { listTemplates, type Mail, type MailPreview, type MailTemplate, readPreview } from './api.ts';
import { MailBody } from './MailBody.tsx';
import { messages } from './messages.ts';

type Locale = 'en' | 'de';

/** The templates: what each is for, how it reads, and what it may say. */
export function Templates(): JSX.Element {
  const t = useMessages(messages);
  const [chosen, setChosen] = createSignal<Mail['template']>();
  const [locale, setLocale] = createSignal<Locale>('en');
  const templates = createLoad(() => true, (_all, signal) => listTemplates(signal));
  const template = (): MailTemplate | undefined => templates.value()?.find((one) => one.template === chosen());
  createEffect(() => {
    const first = templates.value()?.[0];
    if (chosen() === undefined && first !== undefined) setChosen(first.template);
  });
  const preview = createLoad(
    () => { const one = chosen(); return one === undefined ? undefined : { template: one, locale: locale() }; },
    readPreview,
  );
  return (
    <Show when={templates.value()} fallback={templates.error() === undefined ? <Skeleton kind="block" height="420px" /> : <ProblemView problem={templates.error()} title={t('cannotLoad')} onRetry={templates.reload} busy={templates.isLoading()} />}>
      {(all) => (
        <div class="Templates">
          <ul class="Templates__list">
            <For each={all()}>
              {(one) => (
                <li>
                  <button type="button" class="Templates__item" aria-current={chosen() === one.template ? 'true' : undefined} onClick={() => setChosen(one.template)}>
                    <b>{t(`template.${one.template}`)}</b><span class="small soft">{t(one.audience === 'staff' ? 'forStaff' : 'forStudents')}</span>
                  </button>
                </li>
              )}
            </For>
          </ul>
          <Show when={template()}>
            {(one) => (
              <Card
                title={t(`template.${one().template}`)}
                actions={<Segmented<Locale> name={t('language')} options={[{ value: 'en', label: t('english') }, { value: 'de', label: t('german') }]} value={locale()} onChange={setLocale} />}
              >
                <div class="stack">
                  <div class="row wrap">
                    <Badge line>{t(one().essential ? 'essential' : 'optional')}</Badge>
                    <Show when={one().gated}><Badge line>{t('gated')}</Badge></Show>
                  </div>
                  <Show when={preview.value()} fallback={preview.error() === undefined ? <Skeleton kind="block" height="320px" /> : <ProblemView compact problem={preview.error()} onRetry={preview.reload} />}>
                    {(shown) => <MailBody subject={shown().subject} text={shown().text} html={shown().html} source={sourceOf(shown())} />}
                  </Show>
                  <section class="Templates__part">
                    <h3>{t('variables')}</h3>
                    <p class="small soft">{t('markless')}</p>
                    <table class="Templates__variables">
                      <thead><tr><th scope="col">{t('variable')}</th><th scope="col">{t('example')}</th></tr></thead>
                      <tbody><For each={one().variables}>{(variable) => <tr><th scope="row" class="mono small">{`{{${variable.name}}}`}</th><td class="small">{variable.example}</td></tr>}</For></tbody>
                    </table>
                  </section>
                </div>
              </Card>
            )}
          </Show>
        </div>
      )}
    </Show>
  );
}

function sourceOf({ source }: MailPreview): string {
  return [source.subject, ...source.body, `${source.action}: {{link}}`].join('\n\n');
}
