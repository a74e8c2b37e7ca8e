import Check from 'lucide-solid/icons/check';
import X from 'lucide-solid/icons/x';
import { For, Show, type JSX } from 'solid-js';

import type { VisibleOption } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { RichText } from '#web/ui/RichText.tsx';
import type { ReleasedItem } from './api.ts';
import { messages } from './messages.ts';
import { useWhose } from './whose.ts';

type Pairs = Readonly<Record<string, string>>;

/** Left rows with what was joined to them, and with what belongs there. */
export function MatchingReview(props: { item: ReleasedItem }): JSX.Element {
  const t = useMessages(messages);
  const whose = useWhose();
  const sides = (): { left: readonly VisibleOption[]; right: readonly VisibleOption[] } => (props.item.item?.options ?? { left: [], right: [] }) as never;
  const own = (): Pairs => (props.item.response as { pairs?: Pairs } | null)?.pairs ?? {};
  const key = (): Pairs | undefined => props.item.key?.['pairs'] as Pairs | undefined;
  const textOf = (id: string | undefined): VisibleOption | undefined => sides().right.find((option) => option.id === id);
  return (
    <table class="OrderReview">
      <thead><tr><td /><th scope="col">{t(whose.answer)}</th><Show when={key()}><th scope="col">{t('rightAnswer')}</th></Show></tr></thead>
      <tbody>
        <For each={sides().left}>
          {(row) => (
            <tr>
              <th scope="row"><RichText inline text={row.text} /></th>
              <td>
                <Show when={key()}>{(right) => <Sign isRight={own()[row.id] === right()[row.id]} />}</Show>
                <Show when={textOf(own()[row.id])} fallback={<span class="soft">{t('notMatched')}</span>}>{(option) => <RichText inline text={option().text} />}</Show>
              </td>
              <Show when={key()}>{(right) => <td><Show when={textOf(right()[row.id])}>{(option) => <RichText inline text={option().text} />}</Show></td>}</Show>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** The own order beside the right one, place by place. */
export function OrderingReview(props: { item: ReleasedItem }): JSX.Element {
  const t = useMessages(messages);
  const whose = useWhose();
  const options = (): readonly VisibleOption[] => (Array.isArray(props.item.item?.options) ? props.item.item.options : []) as readonly VisibleOption[];
  const own = (): readonly string[] => (props.item.response as { order?: string[] } | null)?.order ?? [];
  const key = (): readonly string[] | undefined => props.item.key?.['order'] as readonly string[] | undefined;
  const textOf = (id: string | undefined): VisibleOption | undefined => options().find((option) => option.id === id);
  return (
    <table class="OrderReview">
      <thead><tr><td /><th scope="col">{t(whose.answer)}</th><Show when={key()}><th scope="col">{t('rightAnswer')}</th></Show></tr></thead>
      <tbody>
        <For each={options()}>
          {(_, at) => (
            <tr>
              <th scope="row" class="tabular">{at() + 1}</th>
              <td>
                <Show when={key() !== undefined && own().length > 0}><Sign isRight={own()[at()] === key()![at()]} /></Show>
                <Show when={textOf(own()[at()])} fallback={<span class="soft">{t('notMatched')}</span>}>{(option) => <RichText inline text={option().text} />}</Show>
              </td>
              <Show when={key()}>{(right) => <td><Show when={textOf(right()[at()])}>{(option) => <RichText inline text={option().text} />}</Show></td>}</Show>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** Right or wrong, beside a part of an answer. */
export function Sign(props: { isRight: boolean }): JSX.Element {
  const t = useMessages(messages);
  return <span class="Sign" data-right={props.isRight ? '' : undefined}>{props.isRight ? <Check aria-label={t('right')} /> : <X aria-label={t('wrong')} />}</span>;
}
