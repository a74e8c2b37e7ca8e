import type { ReportExam } from '#db/reports/source.ts';
import type { CloseOutCertificate } from '#db/schedule/close-out.ts';

import type { ReportDocument } from './document.ts';
import { windowOf } from './facts.ts';
import { checkName } from './names.ts';
import { breakable } from './text/blocks.ts';
import type { Speech } from './words.ts';

/** The certificate that an exam is over for everybody, or how far it is from that. */
export function closeOutDocument(exam: ReportExam, certificate: CloseOutCertificate, speech: Speech): ReportDocument {
  const { words } = speech;
  const { counts, serverClock } = certificate;
  const states = { closed: words.closed, closing: words.closing, open: words.stillOpen };
  return {
    title: `${words.closeOut}: ${exam.title}`,
    heading: breakable(exam.title),
    sub: words.closeOut,
    body: [
      { n: 'score', big: certificate.closedAtMs === null ? words.none : speech.at(certificate.closedAtMs), lines: [states[certificate.state]] },
      {
        n: 'facts',
        items: [
          ...windowOf(exam, speech),
          [words.closedAt, speech.at(certificate.closedAtMs)],
          [words.clock, serverClock === null ? words.unknown : speech.say('ms', { ms: speech.number(serverClock.offsetMs, 1) })],
        ],
      },
      { n: 'heading', text: words.students },
      {
        n: 'table',
        columns: [{ label: words.state, width: 1, end: false }, { label: words.students, width: null, end: true }],
        rows: ([['assigned', certificate.assigned], ['submitted', counts.submitted], ['expired', counts.expired], ['terminated', counts.terminated], ['withdrawn', counts.withdrawn], ['absent', counts.absent]] as const)
          .map(([word, count]) => [words[word], String(count)]),
      },
      { n: 'heading', text: words.checks },
      {
        n: 'table',
        columns: [{ label: words.check, width: 3, end: false }, { label: words.holds, width: null, end: false }, { label: words.detail, width: 4, end: false }],
        rows: certificate.invariants.map(({ name, holds, detail }) => [checkName(name, speech), holds ? words.yes : words.no, breakable(detail)]),
      },
    ],
  };
}
