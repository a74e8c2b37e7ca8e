import Activity from 'lucide-solid/icons/activity';
import BellRing from 'lucide-solid/icons/bell-ring';
import Check from 'lucide-solid/icons/check';
import CircleX from 'lucide-solid/icons/circle-x';
import Clock from 'lucide-solid/icons/clock';
import Database from 'lucide-solid/icons/database';
import Globe from 'lucide-solid/icons/globe';
import HardDrive from 'lucide-solid/icons/hard-drive';
import Minus from 'lucide-solid/icons/minus';
import Radio from 'lucide-solid/icons/radio';
import Route from 'lucide-solid/icons/route';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatBytes, formatDuration, formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import type { Icon, Tone } from '#web/ui/icon.ts';
import { Sparkline } from '#web/ui/Sparkline.tsx';

import type { Health, HealthPoint } from './api.ts';
import { clockOffsetOf } from './create-health.ts';
import { messages } from './messages.ts';
import { judgeClock, judgeDisk, judgeServer, judgeStreams, judgeWakeUps, seriesOf, type ServiceState } from './services.ts';

import './services.css';

const LOOKS: Readonly<Record<ServiceState, { readonly tone: Tone; readonly icon: Icon; readonly word: 'working' | 'slow' | 'away' | 'notUsed' }>> = {
  working: { tone: 'done', icon: Check, word: 'working' }, slow: { tone: 'attention', icon: TriangleAlert, word: 'slow' },
  away: { tone: 'act', icon: CircleX, word: 'away' }, 'not-used': { tone: 'neutral', icon: Minus, word: 'notUsed' },
};

interface Service {
  readonly name: string;
  readonly icon: Icon;
  readonly state: ServiceState;
  readonly numbers: readonly (readonly [value: string, label: string])[];
  readonly series: readonly number[];
  readonly unit: string;
  readonly quiet?: boolean;
}

/** What the platform leans on, each with its numbers and how they were. */
export function Services(props: { health: Health; points: readonly HealthPoint[]; history: readonly HealthPoint[] }): JSX.Element {
  const t = useMessages(messages);
  const ms = (value: number | null | undefined): string => (value === null || value === undefined ? t('unknown') : `${formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 })} ms`);
  // the past hour as the API kept it, and after it what this page has seen since
  const all = (): readonly HealthPoint[] => {
    const last = props.history.at(-1)?.atMs ?? 0;
    return [...props.history, ...props.points.filter(({ atMs }) => atMs > last)];
  };
  const series = (read: (point: HealthPoint) => number | null): number[] => seriesOf(all(), read);
  const covered = (): string => formatDuration((all().at(-1)?.atMs ?? 0) - (all()[0]?.atMs ?? 0));
  const saves = (): HealthPoint | undefined => props.history.at(-1);
  const services = (): Service[] => {
    const { postgres, temporal, nats, database, disk, outbox, sequencer, streams, workflows } = props.health;
    const clock = clockOffsetOf(props.health);
    return [
      { name: t('api'), icon: Globe, state: 'working', numbers: [[saves()?.savesPerMinute == null ? t('unknown') : formatNumber(saves()!.savesPerMinute!), t('savesPerMinute')], [ms(saves()?.saveP95Ms), t('p95')]], series: series(({ savesPerMinute }) => savesPerMinute), unit: '' },
      { name: t('postgres'), icon: Database, state: judgeServer(postgres), numbers: [[ms(postgres.latencyMs), t('latency')], [formatNumber(database.connections), t('connections', { max: database.maxConnections })]], series: series(({ postgresMs }) => postgresMs), unit: ' ms' },
      { name: t('temporal'), icon: Route, state: judgeServer(temporal), numbers: [[ms(temporal.latencyMs), t('latency')], [formatNumber(workflows.sessions.following + workflows.windows.following), t('following')]], series: series(({ temporalMs }) => temporalMs), unit: ' ms' },
      { name: t('nats'), icon: Radio, state: judgeServer(nats, nats.configured), numbers: nats.configured ? [[ms(nats.latencyMs), t('latency')]] : [['', t('natsOne')]], series: nats.configured ? series(({ natsMs }) => natsMs) : [], unit: ' ms' },
      { name: t('streams'), icon: Activity, state: judgeStreams(sequencer), numbers: [[formatNumber(streams.open), t('open')], [ms(sequencer.lagMs ?? 0), t('behind')]], series: series(({ openStreams }) => openStreams), unit: '' },
      { name: t('wakeUps'), icon: BellRing, state: judgeWakeUps(outbox), numbers: [[formatNumber(outbox.waiting), t('waiting')], [outbox.oldestAgeMs === null ? t('unknown') : formatDuration(outbox.oldestAgeMs), t('oldest')]], series: series(({ outboxWaiting }) => outboxWaiting), unit: '' },
      { name: t('clock'), icon: Clock, state: judgeClock(clock), numbers: [[clock === null ? t('unknown') : `${clock < 0 ? '−' : clock > 0 ? '+' : ''} ${formatNumber(Math.abs(clock))} ms`.trim(), t(props.health.clock === null ? 'workersApart' : 'offNtp')]], series: series(({ clockOffsetMs }) => clockOffsetMs), unit: ' ms', quiet: true },
      { name: t('disk'), icon: HardDrive, state: judgeDisk(disk), numbers: disk === null ? [[t('unknown'), t('free')]] : [[formatBytes(disk.freeBytes), t('free')], [`${formatNumber((100 * disk.freeBytes) / disk.totalBytes, { maximumFractionDigits: 0 })} %`, t('ofTotal', { total: formatBytes(disk.totalBytes) })]], series: [], unit: '', quiet: true },
    ];
  };
  return (
    <div class="Services">
      <For each={services()}>
        {(service) => (
          <section class="Services__one" aria-label={service.name}>
            <div class="Services__head">
              <Dynamic component={service.icon} />
              <h3>{service.name}</h3>
              <StateMark tone={LOOKS[service.state].tone} icon={LOOKS[service.state].icon} strong={service.state === 'slow' || service.state === 'away'}>{t(LOOKS[service.state].word)}</StateMark>
            </div>
            <p class="Services__numbers"><For each={service.numbers}>{([value, label]) => <span><Show when={value}><b>{value}</b> </Show>{label}</span>}</For></p>
            <div class="Services__line">
              <Show when={service.series.length > 3}>
                <Sparkline
                  values={service.series}
                  height={34}
                  tone={service.state === 'slow' || service.state === 'away' ? 'attention' : service.quiet ? 'quiet' : 'accent'}
                  label={t('sparkOf', { name: service.name, low: `${round(Math.min(...service.series))}${service.unit}`, high: `${round(Math.max(...service.series))}${service.unit}`, now: `${round(service.series.at(-1)!)}${service.unit}`, time: covered() })}
                />
              </Show>
            </div>
          </section>
        )}
      </For>
    </div>
  );
}

function round(value: number): string {
  return formatNumber(value, { maximumFractionDigits: 1 });
}
