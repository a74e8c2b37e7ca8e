import Monitor from 'lucide-solid/icons/monitor';
import Smartphone from 'lucide-solid/icons/smartphone';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatDateTime, formatRelative } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { LinkButton } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { endLogin, type Login } from './api.ts';
import { browserName, isHandheld, systemName } from './device-name.ts';
import { messages } from './messages.ts';

/** So many show at first. */
const FIRST = 6;

/** Where the account is logged in, with a way to end each of them but this one. */
export function LoginList(props: { logins: readonly Login[] | undefined; problem: unknown; onReload: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [isAll, setAll] = createSignal(false);
  const [ending, setEnding] = createSignal<Login>();
  const deviceOf = ({ userAgent }: Login): string => {
    const browser = browserName(userAgent) ?? t('unknownBrowser');
    const system = systemName(userAgent);
    return system === undefined ? browser : t('browserOnSystem', { browser, system });
  };
  return (
    <Card title={t('logins')}>
      <p class="small soft">{t('loginsIntro')}</p>
      <Show when={props.problem === undefined} fallback={<ProblemView problem={props.problem} compact onRetry={() => props.onReload()} />}>
        <Show when={props.logins} fallback={<Skeleton kind="row" count={2} height="64px" />}>
          {(logins) => (
            <>
              <ul class="Logins">
                <For each={isAll() ? logins() : logins().slice(0, FIRST)}>
                  {(login) => (
                    <li>
                      <Dynamic component={isHandheld(login.userAgent) ? Smartphone : Monitor} />
                      <div>
                        <p class="Logins__device">{deviceOf(login)} <Show when={login.current}><Badge tone="accent">{t('thisDevice')}</Badge></Show></p>
                        <p class="small soft">{t('loginSince', { since: formatDateTime(login.createdAt), used: formatRelative(login.lastUsedAt, serverNowMs()) })}<Show when={login.address !== ''}>, {t('loginFrom', { address: login.address })}</Show></p>
                      </div>
                      <Show when={!login.current}><Button size="small" onClick={() => setEnding(login)}>{t('logOutThere')}</Button></Show>
                    </li>
                  )}
                </For>
              </ul>
              <Show when={!isAll() && logins().length > FIRST}><p><LinkButton onClick={() => setAll(true)}>{t('showAllLogins', logins().length)}</LinkButton></p></Show>
              <Show when={logins().length === 1}><p class="small soft">{t('onlyHere')}</p></Show>
            </>
          )}
        </Show>
      </Show>
      <ConfirmDialog
        open={ending() !== undefined}
        onClose={() => setEnding(undefined)}
        title={t('logOutThereTitle', { device: ending() === undefined ? '' : deviceOf(ending()!) })}
        verb={t('logOutThereVerb')}
        busyText={t('loggingOut')}
        onConfirm={async () => {
          // one that has ended meanwhile is as good
          await endLogin(ending()!.id).catch((thrown: unknown) => isProblem(thrown, 'not-found') || Promise.reject(thrown as Error));
          props.onReload();
        }}
      >
        <p>{t('logOutThereHelp')}</p>
      </ConfirmDialog>
    </Card>
  );
}
