import CircleHelp from 'lucide-solid/icons/circle-question-mark';
import Users from 'lucide-solid/icons/users';
import Wrench from 'lucide-solid/icons/wrench';
import type { JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';

import { explainAlert } from './alert-texts.ts';
import type { Health } from './api.ts';
import { messages } from './messages.ts';

/** One alert: what it means, what students feel of it, and what to do. */
export function AlertCard(props: { alert: Health['alerts'][number] }): JSX.Element {
  const t = useMessages(messages);
  const told = () => explainAlert(props.alert, t);
  return (
    <Banner
      tone={props.alert.code === 'sessions-past-cutoff' ? 'act' : 'attention'}
      title={told().title}
      columns={[
        { icon: CircleHelp, title: t('alertMeans'), body: <p>{props.alert.text} {told().means}</p> },
        { icon: Users, title: t('alertFeels'), body: <p>{told().feels}</p> },
        { icon: Wrench, title: t('alertDo'), body: <p>{told().todo}</p> },
      ]}
    />
  );
}
