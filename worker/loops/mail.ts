import type { Logger } from 'pino';

import { createMailDelivery } from '#activities/mail/deliver.ts';
import { type MailSettings, openMailServer } from '#activities/mail/transport.ts';
import type { Db } from '#db/connection.ts';

import { createLoop, type Loop } from './loop.ts';
import { createPace } from './pace.ts';

/** How soon a mail goes out when nothing is waiting, ms. */
const EVERY_MS = 1_000;

/** Sends mails as long as the process runs, no faster than the settings allow; it needs the database and the mail server, not Temporal. */
export function createMailLoop(options: { db: Db; settings: MailSettings; log: Logger }): Pick<Loop, 'start' | 'stop'> {
  const { db, settings, log } = options;
  const server = settings.kind === 'none' ? undefined : openMailServer(settings);
  const pace = createPace(() => settings.perMinute / 60);
  const delivery = createMailDelivery({ db, settings, server, pace: () => pace.next(), log });
  const loop = createLoop({ name: 'mail', everyMs: EVERY_MS, log, tick: () => delivery.deliver() });
  return {
    start: () => loop.start(),
    async stop() {
      delivery.stop();
      await loop.stop();
      delivery.close();
    },
  };
}
