import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { Index, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { AnswerProps } from './answer-props.ts';
import { freshId } from './draft.ts';
import { ErrorLine } from './errors-context.tsx';
import { messages } from './messages.ts';
import { FieldErrors } from './TypedAnswers.tsx';

/** Elements in their right order. */
export function OrderingAnswer(props: AnswerProps<'ordering'>): JSX.Element {
  const t = useMessages(messages);
  let list!: HTMLOListElement;
  const focusRow = (index: number): void => queueMicrotask(() => list.querySelectorAll('input')[index]?.focus());
  const order = (): readonly string[] => props.draft.key.order;
  const placeOf = (id: string): number => props.draft.options.findIndex((option) => option.id === id);
  function move(index: number, by: -1 | 1): void {
    props.change(({ key }) => {
      const [moved] = key.order.splice(index, 1);
      if (moved !== undefined) key.order.splice(index + by, 0, moved);
    });
    focusRow(index + by);
  }
  function add(): void {
    props.change(({ options, key }) => {
      const id = freshId(options);
      options.push({ id, text: { format: 'plain', value: '' } });
      key.order.push(id);
    });
    focusRow(order().length - 1);
  }
  function remove(id: string): void {
    props.change((draft) => {
      draft.options = draft.options.filter((option) => option.id !== id);
      draft.key.order = draft.key.order.filter((other) => other !== id);
    });
  }
  return (
    <>
      <p class="soft">{t('orderHint')}</p>
      <ErrorLine pointer="/options" />
      <ErrorLine pointer="/key/order" />
      <ol ref={list} class="OptionRows__list" aria-label={t('order')}>
        <Index each={order()}>
          {(id, index) => (
            <li class="OptionRow" data-pointer={`/options/${placeOf(id())}`}>
              <span class="OptionRow__mark"><b class="num">{index + 1}</b></span>
              <div class="OptionRow__text">
                <TextInput
                  aria-label={t('element', { number: index + 1 })}
                  dir="auto"
                  value={props.draft.options[placeOf(id())]?.text.value ?? ''}
                  onChange={(value) => props.change((draft) => { const option = draft.options[placeOf(id())]; if (option !== undefined) option.text = { format: option.text.format, value }; })}
                  onKeyDown={(event) => {
                    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
                      const by = event.key === 'ArrowUp' ? -1 : 1;
                      event.preventDefault();
                      if (index + by >= 0 && index + by < order().length) move(index, by);
                    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
                      event.preventDefault();
                      if (index === order().length - 1) add();
                      else focusRow(index + 1);
                    }
                  }}
                />
                <FieldErrors pointers={[`/options/${placeOf(id())}/text`]} />
              </div>
              <span class="OptionRow__acts">
                <IconButton size="small" icon={ArrowUp} label={t('elementUp', { number: index + 1 })} disabled={index === 0} onClick={() => move(index, -1)} />
                <IconButton size="small" icon={ArrowDown} label={t('elementDown', { number: index + 1 })} disabled={index === order().length - 1} onClick={() => move(index, 1)} />
                <IconButton size="small" icon={Trash} label={t('elementRemove', { number: index + 1 })} disabled={order().length <= 2} onClick={() => remove(id())} />
              </span>
            </li>
          )}
        </Index>
      </ol>
      <Button size="small" kind="quiet" icon={Plus} keys="Enter" onClick={add}>{t('elementAdd')}</Button>
    </>
  );
}
