import Ban from 'lucide-solid/icons/ban';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleSlash from 'lucide-solid/icons/circle-slash';
import CircleX from 'lucide-solid/icons/circle-x';
import Clock from 'lucide-solid/icons/clock';
import Send from 'lucide-solid/icons/send';

import type { Icon, Tone } from '#web/ui/icon.ts';

import type { Mail, MailSummary } from './api.ts';

/** How the state of a mail is drawn. */
export const STATE_LOOK: Readonly<Record<Mail['state'], { icon: Icon; tone: Tone }>> = {
  queued: { icon: Clock, tone: 'info' },
  sending: { icon: Send, tone: 'info' },
  sent: { icon: CircleCheck, tone: 'done' },
  failed: { icon: CircleX, tone: 'act' },
  bounced: { icon: Ban, tone: 'attention' },
  dropped: { icon: CircleSlash, tone: 'neutral' },
};

/** What needs to be said about sending before anything else; undefined: it goes well. */
export type ServerTrouble = 'none' | 'error' | 'silent';

/** A sender notes that it is there each 15 s. */
const SILENT_MS = 60_000;

/** @param nowMs the clock of the server */
export function troubleOf(server: MailSummary['server'], nowMs: number): ServerTrouble | undefined {
  if (server.seenAt === null || nowMs - Date.parse(server.seenAt) > SILENT_MS) return 'silent';
  if (server.kind === 'none') return 'none';
  return server.error === null ? undefined : 'error';
}

/** Which words say why the server takes no mails. */
export function errorWord(error: string): 'CONN' | 'AUTH' | 'FROM' | 'TLS' | 'other' {
  if (error.includes('AUTH')) return 'AUTH';
  if (error.includes('MAIL FROM')) return 'FROM';
  if (error.includes('TLS')) return 'TLS';
  return error.includes('CONN') ? 'CONN' : 'other';
}
