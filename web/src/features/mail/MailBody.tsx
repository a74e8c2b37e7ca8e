import { createSignal, Match, Switch, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { RichText } from '#web/ui/RichText.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';

import { messages } from './messages.ts';

type Form = 'html' | 'text' | 'source';

/** What a mail says: formatted, as plain text, or as its template where that is known. Only a short list of elements comes through. */
export function MailBody(props: { subject: string; text: string; html: string | null; source?: string }): JSX.Element {
  const t = useMessages(messages);
  const [chosen, setChosen] = createSignal<Form>('html');
  const form = (): Form => (props.html === null && chosen() === 'html' ? 'text' : chosen());
  const forms = (): { value: Form; label: string }[] => [
    ...(props.html === null ? [] : [{ value: 'html', label: t('asHtml') } as const]), { value: 'text', label: t('asText') },
    ...(props.source === undefined ? [] : [{ value: 'source', label: t('asSource') } as const]),
  ];
  return (
    <div class="MailBody">
      <div class="MailBody__head">
        <p class="MailBody__subject"><span class="soft small">{t('subject')}</span> <b>{props.subject}</b></p>
        <Segmented name={t('form')} options={forms()} value={form()} onChange={setChosen} />
      </div>
      <div class="MailBody__paper" tabindex="0" role="region" aria-label={t('preview')}>
        <Switch>
          <Match when={form() === 'html'}><RichText text={{ format: 'html', value: bodyOf(props.html ?? '') }} /></Match>
          <Match when={form() === 'text'}><pre class="MailBody__plain">{props.text}</pre></Match>
          <Match when={form() === 'source'}><pre class="MailBody__plain mono">{props.source}</pre></Match>
        </Switch>
      </div>
    </div>
  );
}

// The head is no part of the mail. Its look is its own, and the policy of this page would complain of every bit of it.
function bodyOf(html: string): string {
  return html.replace(/<head[\s\S]*?<\/head>|<style[\s\S]*?<\/style>|<!doctype[^>]*>/gi, '').replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, '');
}
