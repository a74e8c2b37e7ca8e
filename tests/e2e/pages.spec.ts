import { randomUUID } from 'node:crypto';

import type { BrowserContext, Page } from '@playwright/test';

import { makeWorstCase, type WorstCase } from '#tools/screens/worst-case.ts';

import { runningStack } from './support/config.ts';
import { faultsOf } from './support/look.ts';
import { type Account, admin, makeAccounts } from './support/school.ts';
import { expect, logInContext, test } from './support/test.ts';

// a colour that fades to that of the other theme is neither
test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** An address, with a name where it does not say what is special. */
type Path = string | readonly [path: string, name: string];

test.describe('every page bears the worst data', () => {
  test.setTimeout(240_000);
  let world: WorstCase;
  test.beforeAll(async () => {
    const { url, admin: account } = runningStack();
    world = await makeWorstCase(url, account);
  });

  test('of a teacher', async ({ page, context }) => {
    await logInContext(context, world.teacher);
    await expectSound(page, [
      '/staff', '/staff/exams', `/staff/exams/${world.liveId}`, `/staff/exams/${world.draftId}`, `/staff/exams/${world.liveId}/monitor`,
      ...['basics', 'questions', 'schedule', 'review'].map((step) => `/staff/exams/${world.draftId}/edit?step=${step}`),
      `/staff/exams/${world.aheadId}/edit`, `/staff/exams/${world.pastId}/preview`, `/staff/exams/${world.pastId}/results`, `/staff/exams/${world.pastId}/close-out`, `/staff/sessions/${world.pastSessionId}`,
      '/staff/questions', `/staff/questions/${world.questionId}`, '/staff/questions/new', '/staff/questions/import', '/staff/batches', `/staff/batches/${world.batchId}`, '/staff/account',
    ]);
  });

  test('of a teacher after an exam', async ({ page, context }) => {
    await logInContext(context, world.teacher);
    await expectSound(page, [
      ...['marking', 'marking/flags', 'marking/reconcile', 'analysis', 'reports', 'plagiarism', 'corrections', 'appeals'].map((part) => `/staff/exams/${world.pastId}/${part}`),
      '/staff/marking', '/staff/appeals', `/staff/batches/${world.batchId}/achievements`,
    ]);
  });

  test('of a proctor and an admin', async ({ page, context, stack }) => {
    await logInContext(context, world.proctor);
    await expectSound(page, ['/staff', '/staff/exams', `/staff/exams/${world.liveId}/monitor`]);
    await logInContext(context, stack.admin);
    await expectSound(page, ['/staff', '/staff/people', '/staff/people/import', '/staff/health', '/staff/workflows', '/staff/audit', '/staff/mail', '/staff/institution', '/staff/statistics', `/staff/sessions/${world.pastSessionId}`]);
  });

  test('of a student', async ({ page, context }) => {
    await logInContext(context, world.student);
    await expectSound(page, ['/exams', `/exams/${world.aheadId}`, `/exams/${world.liveId}`, `/exams/${world.pastId}`, '/results', `/results/${world.pastSessionId}`, '/system-check', '/account', '/achievements', `/sit/${world.liveSessionId}`]);
  });
});

test('every list and page is sound while it is empty, refused or missing', async ({ page, context, stack }) => {
  test.setTimeout(240_000);
  const [teacher, student] = (await makeAccounts(await admin(), [['teacher'], ['student']])) as [Account, Account];
  await logInContext(context, student);
  await expectSound(page, ['/exams', '/results', [`/exams/${randomUUID()}`, 'an exam that is not there'], ['/staff/people', 'a page of another role']]);
  await logInContext(context, teacher);
  await expectSound(page, ['/staff', '/staff/exams', [`/staff/exams/${randomUUID()}`, 'an exam that is not there'], ['/no/such/page', 'an unknown address']]);
  await logInContext(context, stack.admin);
  await answerLists(context, { status: 200, json: { items: [], nextCursor: null, total: 0, streamPosition: '0' } });
  await expectSound(page, ['/staff/questions', '/staff/batches', '/staff/people', '/staff/audit', '/staff/workflows', '/staff/exams'].map((path) => [path, `${path}, empty`] as const), true);
  await answerLists(context, { status: 500, json: { type: 'about:blank', title: 'Internal error', status: 500, code: 'internal-error', detail: 'Something broke.', instance: '/', requestId: 'req-1' } });
  await expectSound(page, ['/staff/questions', '/staff/batches', '/staff/people', '/staff/audit', '/staff/workflows', '/staff/exams'].map((path) => [path, `${path}, refused`] as const), true);
  await context.clearCookies();
  await expectSound(page, ['/login', '/register']);
});

test('a page that is reached by a link is announced: title, focus on its heading, and back again', async ({ page, context, stack }) => {
  await logInContext(context, stack.admin);
  await page.goto('/staff');
  for (const [link, title] of [['Batches', 'Batches'], ['People', 'People'], ['Audit log', 'Audit log']] as const) {
    await page.getByRole('navigation').getByRole('link', { name: link }).press('Enter');
    await expect(page).toHaveTitle(`${title} · Holdfast`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused();
  }
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeFocused();
  // a page that wants to be written into at once keeps the focus where it put it
  await page.getByRole('link', { name: 'Question bank' }).press('Enter');
  await page.getByRole('link', { name: 'New question' }).first().press('Enter');
  await expect(page.getByRole('textbox', { name: 'Question', exact: true })).toBeFocused();
});

async function expectSound(page: Page, paths: readonly Path[], isBrief = false): Promise<void> {
  const faults: string[] = [];
  for (const path of paths) {
    const [at, name] = typeof path === 'string' ? [path, path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id')] : path;
    await page.goto(at);
    faults.push(...(await faultsOf(page, name, isBrief)));
  }
  expect(faults).toEqual([]);
}

/** Answers every list of the API. */
async function answerLists(context: BrowserContext, answer: { status: number; json: object }): Promise<void> {
  const isList = (url: URL): boolean => /^\/api\/v1\/(questions|questions\/facets|batches|users|exams|admin\/audit|admin\/workflows)$/.test(url.pathname);
  await context.unrouteAll();
  await context.route(isList, (route) => (route.request().method() === 'GET' ? route.fulfill({ ...answer, headers: { 'X-Request-Id': 'req-1' } }) : route.continue()));
}
