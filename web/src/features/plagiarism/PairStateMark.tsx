import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import CircleX from 'lucide-solid/icons/circle-x';
import type { JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import type { Icon, Tone } from '#web/ui/icon.ts';

import type { PairState } from './api.ts';
import { messages } from './messages.ts';

const LOOKS: Readonly<Record<PairState, { readonly tone: Tone; readonly icon: Icon }>> = {
  open: { tone: 'attention', icon: CircleDashed }, confirmed: { tone: 'accent', icon: CircleCheck }, dismissed: { tone: 'neutral', icon: CircleX },
};

/** Where the review of a pair stands. */
export function PairStateMark(props: { state: PairState }): JSX.Element {
  const t = useMessages(messages);
  return <StateMark tone={LOOKS[props.state].tone} icon={LOOKS[props.state].icon}>{t(`state.${props.state}`)}</StateMark>;
}
