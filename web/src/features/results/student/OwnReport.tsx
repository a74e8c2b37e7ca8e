import FileDown from 'lucide-solid/icons/file-down';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { formatBytes } from '#web/lib/format.ts';
import { address } from '#web/lib/http.ts';
import { currentLanguage, useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import type { ReleasedResult } from './api.ts';
import { createOwnReport, type OwnReport as Found } from './create-own-report.ts';
import { messages } from './messages.ts';

/** The result as a PDF file, made when the student asks for it. */
export function OwnReport(props: { result: ReleasedResult }): JSX.Element {
  const t = useMessages(messages);
  const own = createOwnReport(() => props.result);
  const [said, setSaid] = createSignal('');
  createEffect(on(() => own.value()?.state, (now, before) => now === 'ready' && before === 'making' && setSaid(t('reportReady'))));
  const ready = (): Found['report'] => own.value()?.report ?? null;
  const isMaking = (): boolean => own.value()?.state === 'making' || own.wish.isBusy();
  const problem = (): unknown => own.wish.problem() ?? own.error();
  return (
    <section class="OwnReport" aria-label={t('report')}>
      <Show
        when={ready()}
        fallback={<Button icon={FileDown} busy={isMaking()} busyText={t('reportMaking')} disabled={own.value() === undefined} onClick={() => void own.wish.run()}>{t('reportWish')}</Button>}
      >
        {(report) => <Button icon={FileDown} href={address(`/sessions/${props.result.sessionId}/report.pdf`, { locale: currentLanguage() })} download={report().fileName}>{t('reportDownload')}</Button>}
      </Show>
      <p class="small soft" role="status">
        <Show when={ready()} fallback={isMaking() ? t('reportMakingHelp') : own.value()?.state === 'failed' ? t('reportFailed') : t('reportHelp')}>
          {(report) => <>{said()} {t('reportFacts', { pages: t('pages', report().pages), size: formatBytes(report().size) })}</>}
        </Show>
      </p>
      <Show when={problem()}>{(thrown) => <ProblemView compact problem={thrown()} onRetry={() => (own.wish.clear(), own.reload())} />}</Show>
    </section>
  );
}
