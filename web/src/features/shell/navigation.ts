import Activity from 'lucide-solid/icons/activity';
import CalendarClock from 'lucide-solid/icons/calendar-clock';
import ChartColumn from 'lucide-solid/icons/chart-column';
import Landmark from 'lucide-solid/icons/landmark';
import LayoutDashboard from 'lucide-solid/icons/layout-dashboard';
import Library from 'lucide-solid/icons/library';
import Mail from 'lucide-solid/icons/mail';
import PenLine from 'lucide-solid/icons/pen-line';
import Route from 'lucide-solid/icons/route';
import Scale from 'lucide-solid/icons/scale';
import ScrollText from 'lucide-solid/icons/scroll-text';
import Users from 'lucide-solid/icons/users';
import UsersRound from 'lucide-solid/icons/users-round';

import { hasRole, type User } from '#web/lib/auth.ts';
import type { Icon } from '#web/ui/icon.ts';
import type { Role } from '#domain/people/roles.ts';

import type { messages } from './messages.ts';

type Word = Extract<keyof typeof messages.en, string>;

interface Page {
  readonly href: string;
  readonly word: Word;
  readonly icon: Icon;
  readonly roles: readonly Role[];
}

const AUTHORS: readonly Role[] = ['teacher', 'admin'];
const STAFF: readonly Role[] = ['teacher', 'proctor', 'admin'];

const GROUPS: readonly { readonly word: Word; readonly pages: readonly Page[] }[] = [
  {
    word: 'exams',
    pages: [
      { href: '/staff', word: 'overview', icon: LayoutDashboard, roles: STAFF },
      { href: '/staff/exams', word: 'exams', icon: CalendarClock, roles: STAFF },
      { href: '/staff/marking', word: 'marking', icon: PenLine, roles: AUTHORS },
      { href: '/staff/appeals', word: 'reviews', icon: Scale, roles: AUTHORS },
      { href: '/staff/questions', word: 'questions', icon: Library, roles: AUTHORS },
      { href: '/staff/batches', word: 'batches', icon: UsersRound, roles: AUTHORS },
    ],
  },
  {
    word: 'platform',
    pages: [
      { href: '/staff/people', word: 'people', icon: Users, roles: ['admin'] },
      { href: '/staff/statistics', word: 'statistics', icon: ChartColumn, roles: ['admin'] },
      { href: '/staff/institution', word: 'institution', icon: Landmark, roles: ['admin'] },
      { href: '/staff/mail', word: 'mail', icon: Mail, roles: ['admin'] },
      { href: '/staff/health', word: 'health', icon: Activity, roles: ['admin'] },
      { href: '/staff/workflows', word: 'workflows', icon: Route, roles: ['admin'] },
      { href: '/staff/audit', word: 'audit', icon: ScrollText, roles: ['admin'] },
    ],
  },
];

/** Whether somebody's role has to do with an address: pages of another role are not shown half, with buttons that are refused. */
export function mayOpen(user: Pick<User, 'roles'>, path: string): boolean {
  const pages = GROUPS.flatMap((group) => group.pages).filter(({ href }) => path === href || path.startsWith(`${href}/`));
  const nearest = pages.sort((one, other) => other.href.length - one.href.length)[0];
  return nearest === undefined || hasRole(user, ...nearest.roles);
}

/** The pages that somebody may open, in groups; a group without pages is left out. */
export function pagesOf(user: Pick<User, 'roles'>): { word: Word; pages: readonly Page[] }[] {
  return GROUPS.map(({ word, pages }) => ({ word, pages: pages.filter((page) => hasRole(user, ...page.roles)) })).filter(({ pages }) => pages.length > 0);
}
