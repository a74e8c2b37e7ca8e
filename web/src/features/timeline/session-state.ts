import Ban from 'lucide-solid/icons/ban';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Lock from 'lucide-solid/icons/lock';
import Pause from 'lucide-solid/icons/pause';
import PenLine from 'lucide-solid/icons/pen-line';
import UserMinus from 'lucide-solid/icons/user-minus';

import type { Icon, Tone } from '#web/ui/icon.ts';

import type { Review } from './api.ts';

/** How each state of a session looks. */
export const SESSION_STATES: Readonly<Record<Review['session']['state'], { readonly tone: Tone; readonly icon: Icon }>> = {
  active: { tone: 'accent', icon: PenLine },
  paused: { tone: 'attention', icon: Pause },
  submitted: { tone: 'done', icon: CircleCheck },
  expired: { tone: 'neutral', icon: Lock },
  terminated: { tone: 'neutral', icon: Ban },
  withdrawn: { tone: 'neutral', icon: UserMinus },
};
