import type { Page } from '@playwright/test';

import { makeAfterExam } from './after-exam.ts';
import { logIn, type LogIn } from './caller.ts';
import type { Shot } from './shots.ts';

type Exams = { readonly items: readonly { readonly id: string; readonly state: string; readonly title: string }[] };

/** Every page that staff and students need once an exam is over: marking, corrections, appeals, analysis, reports, similarity. */
export async function shotsAfterExam(url: string, accounts: readonly (LogIn & { role: string })[]): Promise<Shot[]> {
  const [student, teacher, admin] = ['student', 'teacher', 'admin'].map((role) => accounts.find((account) => account.role === role));
  if (student === undefined || teacher === undefined || admin === undefined) return [];
  const { items } = await (await logIn(url, teacher)).call<Exams>('GET', '/exams?limit=100');
  const closed = items.find(({ state, title }) => state === 'closed' && title.startsWith('Biology'));
  if (closed === undefined) return [];
  const world = await makeAfterExam(url, teacher, student, admin, closed.id);
  const [marked, past] = [`/staff/exams/${world.markedId}`, `/staff/exams/${world.closedId}`];
  const shot = (name: string, path: string, prepare?: Shot['prepare'], by: LogIn = teacher): Shot => ({ name: `after-${name}`, path, by, ...(prepare === undefined ? {} : { prepare }) });
  const click = (name: string | RegExp, role: 'button' | 'tab' | 'link' = 'button') => (page: Page): Promise<void> => page.getByRole(role, { name }).first().click();
  return [
    shot('marking-exams', '/staff/marking'), shot('marking', `${marked}/marking`), shot('marking-settings', `${marked}/marking`, click('Change…')), shot('marking-allocate', `${marked}/marking`, click(/^Deal/)),
    shot('marking-item', `${marked}/marking/items/${world.itemId}`), shot('marking-aside', `${marked}/marking/items/${world.itemId}`, click('Set aside')), shot('rubric', `${marked}/marking/items/${world.itemId}/rubric`),
    shot('marking-student', `${marked}/marking/students/${world.sessionId}`), shot('marking-flags', `${marked}/marking/flags`), shot('reconcile', `${marked}/marking/reconcile`), shot('results-waiting', `${marked}/results`),
    shot('corrections', `${past}/corrections`), shot('correct', `${past}/corrections`, click('Correct a question…')), shot('moderate', `${past}/corrections`, click('Moderate…')), shot('corrections-empty', `${marked}/corrections`),
    shot('appeals', `${past}/appeals`), shot('assign', `${past}/appeals`, click(/reviewer/i)), shot('appeals-empty', `${marked}/appeals`),
    shot('analysis', `${past}/analysis`), shot('analysis-item', `${past}/analysis`, (page) => page.getByRole('grid').getByRole('row').nth(1).click()), shot('analysis-few', `${marked}/analysis`),
    shot('reports', `${past}/reports`), shot('make-reports', `${past}/reports`, click('Make reports…')), shot('reports-empty', `${marked}/reports`),
    shot('plagiarism', `${past}/plagiarism`), shot('start-scan', `${past}/plagiarism`, click(/scan…/)), shot('plagiarism-empty', `${marked}/plagiarism`),
    ...(world.pairId === undefined ? [] : [shot('pair', `${past}/plagiarism/${world.pairId}`)]),
    shot('statistics', '/staff/statistics', undefined, admin), shot('student-result', `/results`, click(/midterm/i, 'link'), student),
  ];
}
