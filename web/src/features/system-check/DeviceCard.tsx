import ArrowRight from 'lucide-solid/icons/arrow-right';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import { Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Link } from '#web/ui/Link.tsx';
import { CheckList } from './CheckList.tsx';
import { createSystemCheck } from './create-system-check.ts';
import { messages } from './messages.ts';

import './system-check.css';

/** What was found about this device, in a card. `more` leads to the page of the system check. */
export function DeviceCard(props: { topic: () => Promise<string | undefined>; more?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const check = createSystemCheck(() => props.topic());
  const title = (): string => {
    const verdict = check.verdict();
    return verdict === undefined ? t('checking') : t(verdict === 'good' ? 'ready' : verdict);
  };
  return (
    <Card
      title={<span role="status">{title()}</span>}
      actions={<Button class="DeviceCard__again" kind="quiet" icon={RefreshCw} busy={check.isRunning()} busyText={t('checking')} onClick={() => void check.run()}>{t('checkAgain')}</Button>}
    >
      <CheckList findings={check.findings()} />
      <Show when={props.more}><p class="small"><Link href="/system-check" icon={ArrowRight} stands>{t('allChecks')}</Link></p></Show>
    </Card>
  );
}
