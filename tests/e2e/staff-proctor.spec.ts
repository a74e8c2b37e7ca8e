import type { Locator, Page } from '@playwright/test';

import { type Account, admin, asPerson, makeAccounts, makeExam } from './support/school.ts';
import { type Desk, sitDown } from './support/sitters.ts';
import { expect, expectAccessible, killHard, logInContext, test } from './support/test.ts';

const NAMES = ['Ada Nwosu', 'Ben Carter', 'Chidi Eze', 'Dara Kim'] as const;

test.describe('a proctor of a live exam', () => {
  let proctor: Account;
  let examId: string;
  let desks: Desk[] = [];

  test.beforeAll(async () => {
    const by = await admin();
    const [teacher, watcher, ...students] = (await makeAccounts(by, [['teacher'], ['proctor', 'Paula Ruiz'], ...NAMES.map((name) => ['student', name] as const)])) as [Account, Account, ...Account[]];
    const owner = await asPerson(teacher);
    proctor = watcher;
    examId = await makeExam(owner, students, { title: 'Anatomy, written exam', durationMinutes: 30 });
    desks = await sitDown(examId, students);
    await Promise.all(desks.map(({ sitter }) => sitter.saveOne()));
    owner.close();
    by.close();
  });
  test.afterAll(() => desks.forEach((desk) => desk.leave()));

  test('extends one, sees who has seen it, pauses and resumes all, writes, helps and terminates, each in the database', async ({ page, context, db }) => {
    await logInContext(context, proctor);
    const monitor = new MonitorPage(page);
    await monitor.open(examId);
    await monitor.counts('Active', 4);
    await expectAccessible(page);
    const [ada, ben, chidi] = desks as [Desk, Desk, Desk, Desk];

    // one student, ten minutes
    const before = await deadlineOf(ada);
    await monitor.student('Ada Nwosu');
    await page.getByRole('button', { name: 'Extend' }).click();
    await monitor.dialog.getByRole('button', { name: 'Add 10 minutes for Ada Nwosu' }).click();
    await expect(monitor.dialog.getByText('Say why. Students read it and it stays in the log.')).toBeVisible();
    await monitor.dialog.getByLabel('Reason').fill('Seat changed');
    await expectAccessible(page);
    await monitor.dialog.getByRole('button', { name: 'Add 10 minutes for Ada Nwosu' }).click();
    await expect(monitor.dialog.getByText('Done for 1 student.')).toBeVisible();
    await monitor.dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    expect(await deadlineOf(ada) - before).toBe(600_000);
    expect((await db.query('select kind, reason, actor_id from session_commands where session_id = $1 and actor_id = $2', [ada.sitter.sessionId, proctor.id])).rows).toEqual([{ kind: 'extend', reason: 'Seat changed', actor_id: proctor.id }]);
    await expect.poll(() => ada.seen).toContain('time-changed');

    // who has it on the screen
    await expect(page.getByRole('heading', { name: 'Not yet seen: 10 min added' })).toBeVisible();
    await ada.acknowledge();
    await expect(page.getByRole('heading', { name: 'Seen by all: 10 min added' })).toBeVisible();
    await page.keyboard.press('Escape');

    // everybody
    await monitor.forAll('Pause everyone…');
    await monitor.confirm('Pause 4 students', 'Fire alarm');
    await monitor.counts('Paused', 4);
    expect(await statesOf()).toEqual(['paused', 'paused', 'paused', 'paused']);
    await expect.poll(() => ben.seen).toContain('paused');
    expect(await ben.sitter.saveOne()).toBe(true);
    await monitor.forAll('Resume everyone…');
    await monitor.confirm('Resume 4 students', 'The alarm was false');
    await monitor.counts('Active', 4);
    expect(await statesOf()).toEqual(['active', 'active', 'active', 'active']);
    expect((await db.query('select bool_and(paused_total_ms > 0) as given from exam_sessions where exam_id = $1', [examId])).rows).toEqual([{ given: true }]);
    expect((await db.query('select kind, reason from time_changes where exam_id = $1 order by at', [examId])).rows.slice(-2)).toEqual([
      { kind: 'pause', reason: 'Fire alarm' }, { kind: 'resume', reason: 'The alarm was false' },
    ]);

    // a message
    await page.getByRole('button', { name: 'Message', exact: true }).click();
    await monitor.dialog.getByLabel('Text').fill('Question 3 means the left lung.');
    await monitor.dialog.getByRole('button', { name: 'Send to 4 students' }).click();
    await expect(monitor.dialog.getByText('Sent to 4 pages.')).toBeVisible();
    await monitor.dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect.poll(() => desks.every(({ seen }) => seen.includes('message'))).toBe(true);
    expect((await db.query('select text, from_id from messages where exam_id = $1', [examId])).rows).toEqual([{ text: 'Question 3 means the left lung.', from_id: proctor.id }]);

    // help
    await ben.askForHelp('My keyboard types twice');
    await expect(monitor.queue.getByText('“My keyboard types twice”')).toBeVisible();
    await expect(page).toHaveTitle(/^\(1\) Live monitor/);
    await monitor.queue.getByRole('button', { name: 'Claim' }).click();
    await expect(monitor.queue.getByText('asked for help, you are on it')).toBeVisible();
    expect((await db.query('select state, claimed_by from help_requests where session_id = $1', [ben.sitter.sessionId])).rows).toEqual([{ state: 'claimed', claimed_by: proctor.id }]);
    await monitor.queue.getByRole('button', { name: 'Resolve' }).click();
    await expect(monitor.queue.getByText('“My keyboard types twice”')).toBeHidden();

    // the end of one
    await monitor.student('Chidi Eze');
    await page.getByRole('complementary').getByRole('button', { name: 'More acts' }).click();
    await page.getByRole('menuitem', { name: 'Terminate…' }).click();
    await monitor.dialog.getByLabel('Reason').fill('Left the room with the paper');
    await monitor.dialog.getByRole('button', { name: 'Terminate' }).click();
    await expect(monitor.dialog.getByText('This has to read TERMINATE exactly.')).toBeVisible();
    expect(await statesOf()).not.toContain('terminated');
    await monitor.dialog.getByLabel('Type TERMINATE to confirm').fill('TERMINATE');
    await monitor.dialog.getByRole('button', { name: 'Terminate' }).click();
    await expect(monitor.dialog.getByRole('button', { name: 'Terminate' })).toBeHidden();
    await monitor.dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await monitor.counts('Terminated', 1);
    expect(await statesOf()).toEqual(['active', 'active', 'terminated', 'active']);
    await expect.poll(() => chidi.seen).toContain('closed');
    expect((await db.query("select actor_id, reason from audit_log where session_id = $1 and action like '%terminate%'", [chidi.sitter.sessionId])).rows).toEqual([{ actor_id: proctor.id, reason: 'Left the room with the paper' }]);

    async function deadlineOf(desk: Desk): Promise<number> {
      const { rows: [row] } = await db.query<{ deadline_at: Date }>('select deadline_at from exam_sessions where id = $1', [desk.sitter.sessionId]);
      return row!.deadline_at.getTime();
    }
    async function statesOf(): Promise<string[]> {
      const { rows } = await db.query<{ id: string; state: string }>('select id, state from exam_sessions where exam_id = $1', [examId]);
      return desks.map(({ sitter }) => rows.find(({ id }) => id === sitter.sessionId)!.state);
    }
  });

  test('is told at once that Temporal is away, goes on changing time meanwhile, and sees that it is back', async ({ page, context, db }) => {
    await logInContext(context, proctor);
    const monitor = new MonitorPage(page);
    await monitor.open(examId);
    const [, ben] = desks as [Desk, Desk, Desk, Desk];
    // the supervisor is quick: with each crash in a row it waits longer, until the page has seen one
    await expect(async () => {
      killHard('temporal');
      await page.reload();
      await expect(page.getByText(/^Temporal has not answered since .* The exam goes on\.$/)).toBeVisible({ timeout: 4_000 });
    }).toPass({ timeout: 60_000 });
    await expect(page.getByText('Not affected')).toBeVisible();

    await monitor.student('Ben Carter');
    await page.getByRole('button', { name: 'Extend' }).click();
    await monitor.confirm('Add 10 minutes for Ben Carter', 'Keyboard replaced');
    expect((await db.query("select reason from session_commands where session_id = $1 and kind = 'extend'", [ben.sitter.sessionId])).rows).toEqual([{ reason: 'Keyboard replaced' }]);
    await expect(page.getByText(/^Temporal has not answered since/)).toBeHidden({ timeout: 60_000 });
  });
});

/** The live monitor, as a proctor uses it. */
class MonitorPage {
  readonly page: Page;
  readonly dialog: Locator;
  readonly queue: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog');
    this.queue = page.getByRole('region', { name: 'Needs attention' });
  }

  async open(examId: string): Promise<void> {
    await this.page.goto(`/staff/exams/${examId}/monitor`);
    await expect(this.page.getByRole('grid', { name: 'Students' })).toBeVisible();
  }

  /** Waits until the bar of states counts this many. */
  async counts(state: string, count: number): Promise<void> {
    await expect(this.page.getByRole('group', { name: /^Students by state/ }).getByRole('button', { name: `${state} ${count}` })).toBeVisible();
  }

  /** Opens the drawer of somebody. */
  async student(name: string): Promise<void> {
    await this.page.getByRole('grid', { name: 'Students' }).getByRole('row').filter({ hasText: name }).click();
    await expect(this.page.getByRole('complementary').getByRole('heading', { name })).toBeVisible();
  }

  async forAll(act: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More acts for the whole exam' }).click();
    await this.page.getByRole('menuitem', { name: act }).click();
  }

  /** Gives the reason, presses the button that says `verb`, and closes when it is done. */
  async confirm(verb: string, reason: string): Promise<void> {
    await this.dialog.getByLabel('Reason').fill(reason);
    await this.dialog.getByRole('button', { name: verb }).click();
    await expect(this.dialog.getByText(/^Done for/)).toBeVisible();
    await this.dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(this.dialog).toBeHidden();
  }
}
