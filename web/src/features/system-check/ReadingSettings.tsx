import { createUniqueId, For, type JSX } from 'solid-js';

import { changeReadingSettings, readingSettings, SPACINGS, TEXT_SIZES, TINTS, WARNING_MINUTES, type ReadingSettings as Settings } from '#web/features/session/reading-settings.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { Checkbox } from '#web/ui/Checkbox.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { messages } from './messages.ts';

import './reading.css';

const SIZE_TEXTS = { small: 'sizeSmall', normal: 'sizeNormal', large: 'sizeLarge', largest: 'sizeLargest' } as const;
const SPACING_TEXTS = { normal: 'spacingNormal', wide: 'spacingWide', widest: 'spacingWidest' } as const;
const TINT_TEXTS = { plain: 'tintPlain', cream: 'tintCream', blue: 'tintBlue', green: 'tintGreen', rose: 'tintRose' } as const;

/** How questions look in the exam, with a sample that shows it at once. `warnings` also asks when to be told of the end. */
export function ReadingSettings(props: { warnings?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const warns = (minutes: number): boolean => readingSettings().warnMinutes.includes(minutes);
  return (
    <Card title={t('reading')}>
      <div class="Reading">
        <p class="small soft">{t('readingHint')}</p>
        <Choice label={t('size')} values={TEXT_SIZES} value={readingSettings().size} onChange={(size) => changeReadingSettings({ size })}>
          {(size) => <><span class="Reading__a" data-size={size} aria-hidden="true">A</span><span class="visually-hidden">{t(SIZE_TEXTS[size])}</span></>}
        </Choice>
        <Segmented label={t('spacing')} wide options={SPACINGS.map((value) => ({ value, label: t(SPACING_TEXTS[value]) }))} value={readingSettings().spacing} onChange={(spacing) => changeReadingSettings({ spacing })} />
        <Choice label={t('tint')} values={TINTS} value={readingSettings().tint} onChange={(tint) => changeReadingSettings({ tint })} tall>
          {(tint) => <><i class="Reading__tint" data-tint={tint} aria-hidden="true" /><span>{t(TINT_TEXTS[tint])}</span></>}
        </Choice>
        <div class="Reading__sample" data-size={readingSettings().size} data-spacing={readingSettings().spacing} data-tint={readingSettings().tint}><p>{t('sample')}</p></div>
        {props.warnings && (
          <div class="Reading__warnings" role="group" aria-label={t('warnings')}>
            <p class="Field__label">{t('warnings')}</p>
            <For each={WARNING_MINUTES}>
              {(minutes) => (
                <Checkbox checked={warns(minutes)} onChange={(on) => changeReadingSettings({ warnMinutes: WARNING_MINUTES.filter((each) => (each === minutes ? on : warns(each))) })}>
                  {t('warningMinutes', minutes)}
                </Checkbox>
              )}
            </For>
            <p class="small soft">{t('warningsHint')}</p>
          </div>
        )}
      </div>
    </Card>
  );
}

/** Like `Segmented`, with something other than words in the segments. */
function Choice<Value extends Settings['size'] | Settings['tint']>(props: { label: string; values: readonly Value[]; value: Value; onChange: (value: Value) => void; tall?: boolean; children: (value: Value) => JSX.Element }): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="Field">
      <span class="Field__label" id={id}>{props.label}</span>
      <div class="Segmented" data-wide="" data-tall={props.tall ? '' : undefined} role="radiogroup" aria-labelledby={id}>
        <For each={props.values}>
          {(value) => (
            <label class="Segmented__part">
              <input type="radio" name={id} value={value} checked={props.value === value} onChange={() => props.onChange(value)} />
              {props.children(value)}
            </label>
          )}
        </For>
      </div>
    </div>
  );
}
