import Check from 'lucide-solid/icons/check';
import Hourglass from 'lucide-solid/icons/hourglass';
import UserRound from 'lucide-solid/icons/user-round';
import { Show, type JSX } from 'solid-js';

import { currentUser, hasRole } from '#web/lib/auth.ts';
import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Link, LinkButton } from '#web/ui/Link.tsx';

import type { Platform } from './create-platform.ts';
import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';

/** Says at once when the platform is degraded or this list stands still: what is not affected, what waits, what to do. */
export function DegradedBanner(props: { platform: Platform; onReload: () => void }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const time = (ms: number): string => formatTime(ms, { seconds: true });
  const isAdmin = (): boolean => {
    const user = currentUser();
    return user !== null && user !== undefined && hasRole(user, 'admin');
  };
  const reload = (): JSX.Element => <LinkButton onClick={() => props.onReload()}>{t('loadNow')}</LinkButton>;
  return (
    <Show
      when={props.platform.trouble()}
      fallback={
        <Show when={monitor.staleSinceMs()}>
          {(sinceMs) => <Banner tone="attention" live="status" title={t('notLiveTitle', { time: time(sinceMs()) })}>{t('notLiveText')} {reload()}</Banner>}
        </Show>
      }
    >
      {(trouble) => (
        <Banner
          tone="attention"
          live="status"
          title={t(`trouble.${trouble().kind}`, { time: time(trouble().sinceMs) })}
          by={<Show when={isAdmin()}><Link href="/staff/health">{t('goToHealth')}</Link></Show>}
          columns={[
            { icon: Check, tone: 'done', title: t('notAffected'), body: <>{t(`trouble.${trouble().kind}.fine`)}</> },
            { icon: Hourglass, tone: 'attention', title: t('waiting'), body: <>{t(`trouble.${trouble().kind}.waits`)}</> },
            {
              icon: UserRound, title: t('youCan'),
              body: <>{t(`trouble.${trouble().kind}.you`)} <Show when={monitor.staleSinceMs()}>{(sinceMs) => <>{t('notLiveToo', { time: time(sinceMs()) })} {reload()}</>}</Show></>,
            },
          ]}
        />
      )}
    </Show>
  );
}
