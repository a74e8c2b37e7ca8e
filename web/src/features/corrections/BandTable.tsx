import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { Index, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { messages } from './messages.ts';
import type { Band } from './scale.ts';

import './band-table.css';

/** Grades with the value where each begins, to be typed. */
export function BandTable(props: { bands: readonly Band[]; onChange: (bands: readonly Band[]) => void; /** By rank: a share of the cohort instead of a value. */ byRank?: boolean; countOf?: (label: string) => number | undefined }): JSX.Element {
  const t = useMessages(messages);
  const change = (at: number, part: Partial<Band>): void => props.onChange(props.bands.map((band, index) => (index === at ? { ...band, ...part } : band)));
  return (
    <>
      <table class="BandTable">
        <thead>
          <tr>
            <th scope="col">{t('label')}</th><th scope="col">{t(props.byRank ? 'top' : 'from')}</th>
            <Show when={props.countOf}><th scope="col" class="num">{t('count')}</th></Show><td />
          </tr>
        </thead>
        <tbody>
          <Index each={props.bands}>
            {(band, index) => (
              <tr>
                <td><TextInput hideLabel label={t('bandLabel', { number: index + 1 })} value={band().label} maxlength={30} onChange={(label) => change(index, { label })} /></td>
                <td><TextInput hideLabel label={t('bandFrom', { number: index + 1 })} inputmode="decimal" value={band().at} onChange={(at) => change(index, { at })} /></td>
                <Show when={props.countOf}>{(countOf) => <td class="num">{countOf()(band().label) ?? ''}</td>}</Show>
                <td><IconButton size="small" icon={X} label={t('removeBand', { label: band().label })} onClick={() => props.onChange(props.bands.filter((_, at) => at !== index))} /></td>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
      <div><Button size="small" icon={Plus} onClick={() => props.onChange([...props.bands, { label: '', at: props.byRank ? '100' : '0' }])}>{t('addBand')}</Button></div>
    </>
  );
}
