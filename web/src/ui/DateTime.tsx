import type { JSX } from 'solid-js';

import { formatDate, formatDateTime, formatTime, formatZone } from '#web/lib/format.ts';

/** An instant as a `<time>`; the whole of it with its zone stands in the tool tip. */
export function DateTime(props: { value: string; show?: 'time' | 'date' | 'datetime'; seconds?: boolean; zone?: string | undefined; withZone?: boolean; weekday?: 'long' | 'short' }): JSX.Element {
  const options = (): { zone?: string | undefined; seconds: boolean } => ({ zone: props.zone, seconds: props.seconds ?? false });
  const text = (): string => {
    if (props.show === 'time') return formatTime(props.value, options());
    if (props.show === 'date') return formatDate(props.value, { zone: props.zone, weekday: props.weekday ?? 'short' });
    return formatDateTime(props.value, options());
  };
  const zone = (): string => formatZone(props.value, props.zone);
  return <time datetime={props.value} title={`${formatDateTime(props.value, { zone: props.zone, seconds: true })} ${zone()}`}>{text()}{props.withZone ? ` ${zone()}` : ''}</time>;
}
