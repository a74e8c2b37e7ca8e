import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import CircleX from 'lucide-solid/icons/circle-x';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatBytes, formatDuration } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import type { Icon } from '#web/ui/icon.ts';
import { CHECKS, type CheckName, type Findings, type Verdict } from './checks.ts';
import { messages } from './messages.ts';

import './check-list.css';

const ICONS: Readonly<Record<Verdict, Icon>> = { good: CircleCheck, info: Info, look: TriangleAlert, bad: CircleX };

/** What was found about the device, check by check. */
export function CheckList(props: { findings: Findings }): JSX.Element {
  const t = useMessages(messages);
  return (
    <ul class="CheckList">
      <For each={CHECKS}>
        {(name) => {
          const verdict = (): Verdict | undefined => props.findings[name]?.verdict;
          const said = (): Said | undefined => say(name, props.findings, t as never);
          return (
            <li data-verdict={verdict() ?? 'waiting'}>
              <Dynamic component={verdict() === undefined ? CircleDashed : ICONS[verdict()!]} />
              <span>{t(name)}</span>
              <span class="CheckList__value tabular">{said()?.value ?? t('checking')}</span>
              <Show when={said()?.help}>{(help) => <p>{help()}</p>}</Show>
            </li>
          );
        }}
      </For>
    </ul>
  );
}

interface Said {
  readonly value: string;
  readonly help?: string | undefined;
}

type Words = (key: keyof typeof messages.en, values?: Readonly<Record<string, string | number>>) => string;

function say(name: CheckName, findings: Findings, t: Words): Said | undefined {
  const { browser, storage, connection, live, clock, screen } = findings;
  if (name === 'browser' && browser !== undefined) {
    const { name: known = t('browserUnknown'), system, missing } = browser.detail;
    return {
      value: system === undefined ? known : t('browserOn', { browser: known, system }),
      help: missing.length > 0 ? t('browserMissing', { missing: missing.join(', ') }) : undefined,
    };
  }
  if (name === 'storage' && storage !== undefined) {
    const { works, freeBytes } = storage.detail;
    if (!works) return { value: t('storageBroken'), help: t('storageHelp') };
    return { value: freeBytes === undefined ? t('storageWorks') : t('storageFree', { size: formatBytes(freeBytes) }) };
  }
  if (name === 'connection' && connection !== undefined) {
    const { medianMs, lost, tried } = connection.detail;
    if (medianMs === undefined) return { value: t('connectionDead'), help: t('connectionDeadHelp') };
    const time = Math.max(1, Math.round(medianMs));
    if (lost > 0) return { value: t('connectionLost', { time, lost, tried }), help: t('connectionLoss') };
    return { value: t('roundTrip', { time }), help: connection.verdict === 'good' ? undefined : t('connectionSlow') };
  }
  if (name === 'live' && live !== undefined) {
    if (live.detail.state === 'works') return { value: t('liveWorks') };
    return live.detail.state === 'held-back' ? { value: t('liveHeld'), help: t('liveHeldHelp') } : { value: t('liveNothing'), help: t('liveNothingHelp') };
  }
  if (name === 'clock' && clock !== undefined) {
    const { aheadMs } = clock.detail;
    if (clock.verdict === 'good') return { value: t('clockRight') };
    if (aheadMs === undefined) return { value: t('clockUnknown'), help: t('clockHelp') };
    return { value: t(aheadMs > 0 ? 'clockFast' : 'clockSlow', { time: formatDuration(Math.abs(aheadMs)) }), help: t('clockHelp') };
  }
  if (name === 'screen' && screen !== undefined) {
    return { value: t('screenSize', { width: screen.detail.width, height: screen.detail.height }), help: screen.verdict === 'good' ? undefined : t('screenSmall') };
  }
  return undefined;
}
