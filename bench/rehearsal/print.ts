import type { RehearsalReport } from '#bench/rehearsal/rehearse.ts';

/** Prints the certificate and the figures for people. */
export function printRehearsal(report: RehearsalReport, say: (text: string) => void): void {
  const { certificate } = report;
  say('');
  say('Close-out certificate');
  say(`  state      ${certificate.state}${certificate.closedAt === null ? '' : ` at ${certificate.closedAt}`}`);
  say(`  assigned   ${certificate.assigned}`);
  say(`  sessions   ${Object.entries(certificate.counts).map(([state, count]) => `${count} ${state}`).join(', ')}`);
  for (const invariant of certificate.invariants) {
    say(`  ${invariant.holds ? 'holds ' : 'BROKEN'}     ${invariant.name}`);
  }
  say('');
  say(`  saves acknowledged   ${report.acknowledged}`);
  say(`  lost / late          ${report.lost} / ${report.late}`);
  say(`  save                 p50 ${report.saveMs.p50} ms, p99 ${report.saveMs.p99} ms`);
  say(`  time change seen     p50 ${report.timeChangeMs.p50} ms, p99 ${report.timeChangeMs.p99} ms, max ${report.timeChangeMs.max} ms`);
  say(`  close lag            p50 ${report.closeLagMs.p50} ms, p99 ${report.closeLagMs.p99} ms, max ${report.closeLagMs.max} ms`);
  if (report.windows !== null) say(`  real browsers        ${report.windows.answered} answers, ${report.windows.stored} stored; the killed one was back in ${report.windows.resumedMs} ms`);
  report.problems.forEach((problem) => say(`  PROBLEM ${problem}`));
  say('');
  say(report.ok ? 'The rehearsal held.' : 'The rehearsal did NOT hold.');
}
