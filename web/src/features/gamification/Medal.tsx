import Award from 'lucide-solid/icons/award';
import Bird from 'lucide-solid/icons/bird';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import Sparkles from 'lucide-solid/icons/sparkles';
import Timer from 'lucide-solid/icons/timer';
import TrendingUp from 'lucide-solid/icons/trending-up';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { Icon } from '#web/ui/icon.ts';

import './medal.css';

const ICONS: Readonly<Record<string, Icon>> = { perfect: Sparkles, fast: Timer, consistent: TrendingUp, clean: ShieldCheck, 'early-bird': Bird };

/** The picture of a badge; its name stands beside it. */
export function Medal(props: { badge: string; isOpen?: boolean; isNew?: boolean }): JSX.Element {
  return <span class="Medal" data-open={props.isOpen ? '' : undefined} data-new={props.isNew ? '' : undefined}><Dynamic component={ICONS[props.badge] ?? Award} /></span>;
}
