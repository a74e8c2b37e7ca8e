import { defineMessages } from '#web/lib/i18n.ts';

/** Words of banners and problems: apart from those of other parts, because every page has them. */
export const messages = defineMessages({
  en: {
    tryAgain: 'Try again',
    requestId: 'Request {{ id }}',
    dismiss: 'Dismiss',
    offlineTitle: 'No connection to the server',
    offlineHelp: 'Check the network of this device. Nothing was changed; try again when you are back online.',
    brokenTitle: 'Something went wrong on the server',
    brokenHelp: 'Nothing you did caused this. Try again; if it stays, give the request number to your administrator.',
    busyTitle: 'That was a little too fast',
    busyHelp: 'Wait {{ time }} and try again.',
    busyHelpSoon: 'Wait a moment and try again.',
    forbiddenTitle: 'You may not do this',
    forbiddenHelp: 'Your role does not allow it. Ask an administrator if you think it should.',
    missingTitle: 'This is not here',
    missingHelp: 'It was removed, or it was never yours to see. Check the address, or go back.',
    loginTitle: 'You are logged out',
    loginHelp: 'Log in again to go on.',
    staleTitle: 'Somebody else changed this in the meantime',
    staleHelp: 'Load it again to see the change, then repeat yours.',
    invalidTitle: 'Some of this needs a correction',
    unknownTitle: 'This did not work',
    unknownHelp: 'Try again. If it stays, reload the page.',
  },
  de: () => import('./problem-messages.de.ts'),
});
