import { randomUUID } from 'node:crypto';

import { logIn } from '#bench/lib/api.ts';

import type { Page } from '@playwright/test';

import { admin, asPerson, makeAccount, makeExam } from './support/school.ts';
import { sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInOn, test } from './support/test.ts';

const mark = randomUUID().slice(0, 8);
const mail = (name: string): string => `${name}-${mark}@northgate.example`;

test('an admin brings people in, gives one extra time, disables one, and the log tells all of it', async ({ page, db, stack }) => {
  await logInOn(page, stack.admin);
  await expect(page).toHaveURL(/\/staff$/);
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Audit log' })).toBeVisible();

  const people = new PeoplePages(page);
  await people.open();
  const password = await people.add({ name: 'Miriam Okafor', email: mail('miriam'), role: 'Teacher' });
  await expectAccessible(page);
  const { rows: [teacher] } = await db.query('select roles, disabled from users where email = $1', [mail('miriam')]);
  expect(teacher).toEqual({ roles: ['teacher'], disabled: false });
  (await logIn(stack.url, { email: mail('miriam'), password })).close();

  await people.import([
    'name,e-mail,number,role,password,shoe size',
    `Amara Osei,${mail('amara')},A-${mark},student,pass-${mark}-amara-1,38`,
    `"Lindqvist, Jonas",${mail('jonas')},J-${mark},student,pass-${mark}-jonas-1,44`,
    `Noor van den Berg,not an address,N-${mark},student,pass-${mark}-noor-1,40`,
  ].join('\n'));
  await expect(page.getByText('2 added, 0 changed, 1 refused')).toBeVisible();
  await expect(page.getByText('Line 4')).toBeVisible();
  const { rows: imported } = await db.query('select name, external_id, roles from users where external_id like $1 order by name', [`%-${mark}`]);
  expect(imported).toEqual([
    { name: 'Amara Osei', external_id: `A-${mark}`, roles: ['student'] },
    { name: 'Lindqvist, Jonas', external_id: `J-${mark}`, roles: ['student'] },
  ]);

  await people.makeBatch(`Biology ${mark}`, `A-${mark}`, 'Amara Osei');
  const { rows: members } = await db.query('select u.name from batches b join batch_students s on s.batch_id = b.id join users u on u.id = s.student_id where b.name = $1', [`Biology ${mark}`]);
  expect(members).toEqual([{ name: 'Amara Osei' }]);

  await people.open();
  await people.show(`A-${mark}`, 'Amara Osei');
  await people.giveTime('1.25', '5');
  const { rows: [time] } = await db.query('select time_multiplier::float8 as multiplier, extra_minutes from user_accommodations a join users u on u.id = a.user_id where u.email = $1', [mail('amara')]);
  expect(time).toEqual({ multiplier: 1.25, extra_minutes: 5 });

  const jonas = { email: mail('jonas'), password: `pass-${mark}-jonas-1` };
  (await logIn(stack.url, jonas)).close();
  await people.show(`J-${mark}`, 'Lindqvist, Jonas');
  await people.disable('Lindqvist, Jonas');
  const { rows: [disabled] } = await db.query(
    'select u.disabled, count(*) filter (where s.revoked_at is null)::int as open from users u join auth_sessions s on s.user_id = u.id where u.email = $1 group by u.id',
    [jonas.email],
  );
  expect(disabled).toEqual({ disabled: true, open: 0 });
  await expect(logIn(stack.url, jonas)).rejects.toThrow(/40[13]/);

  await people.disabledInLog(jonas.email, db);
});

test('an admin sees that the platform is well, reads what a workflow did, and asks it for a look with a reason that the log keeps', async ({ page, db, stack }) => {
  const by = await admin();
  const teacher = await makeAccount(by, 'teacher', 'Ines Ferreira');
  const student = await makeAccount(by, 'student', 'Kofi Mensah');
  const owner = await asPerson(teacher);
  const title = `Genetics ${mark}`;
  const examId = await makeExam(owner, [student], { title });
  const [desk] = await sitDown(examId, [student]);
  await desk!.sitter.saveOne();
  await desk!.sitter.submit();

  await logInOn(page, stack.admin);
  await page.getByRole('link', { name: 'Health' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Health' })).toBeVisible();
  await expect(page.getByText('Exams are safe: no session is open past its cut-off.')).toBeVisible();
  await expect(page.getByText('Postgres', { exact: true }).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Workflows' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Workflows' })).toBeVisible();
  await page.getByRole('radio', { name: 'Sessions' }).check({ force: true });
  await page.getByRole('row').filter({ hasText: title }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: `Session of ${title}` })).toBeVisible();
  await expect(page.getByText('The workflow began.').first()).toBeVisible();
  await expectAccessible(page);

  const reason = `Grades were late ${mark}`;
  await page.getByRole('button', { name: 'Ask for a fresh look…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: 'Ask now' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await db.query("select action like '%workflow%' as nudged, session_id from audit_log where reason = $1", [reason])).rows).toEqual([{ nudged: true, session_id: desk!.sitter.sessionId }]);

  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByRole('textbox', { name: 'Action, name, reason or id' }).fill(reason);
  const rows = page.getByRole('grid', { name: 'Audit log' }).getByRole('row').filter({ hasText: reason });
  await expect(rows).toHaveCount(1);
  await rows.click();
  const drawer = page.getByRole('complementary').filter({ hasText: reason });
  await expect(drawer.getByText(stack.admin.email).or(drawer.getByText('Who'))).toBeVisible();
  await expect(drawer.getByRole('link', { name: 'Open the session' })).toHaveAttribute('href', `/staff/sessions/${desk!.sitter.sessionId}`);
  await expectAccessible(page);
  desk!.leave();
});

/** The pages about people, as an admin uses them. */
class PeoplePages {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'People' }).first().click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
  }

  /** @returns the password that the page made */
  async add(person: { name: string; email: string; role: string }): Promise<string> {
    await this.page.getByRole('button', { name: 'Add a person' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Add a person' });
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog.getByText('Enter a name.')).toBeVisible();
    await dialog.getByLabel('Name', { exact: true }).fill(person.name);
    await dialog.getByLabel('E-mail').fill(person.email);
    await dialog.getByRole('checkbox', { name: /^Student/ }).uncheck({ force: true });
    await dialog.getByRole('checkbox', { name: new RegExp(`^${person.role}`) }).check({ force: true });
    await dialog.getByRole('button', { name: 'Make one' }).click();
    const password = await dialog.getByLabel('First password').inputValue();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(this.page.getByRole('complementary').getByRole('heading', { name: person.name })).toBeVisible();
    return password;
  }

  async import(table: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Import a list' }).click();
    await this.page.getByLabel('Or paste the table here').fill(table);
    await expect(this.page.getByText('Not understood and left out: shoe size.')).toBeVisible();
    await expectAccessible(this.page);
    await this.page.getByRole('button', { name: 'Import 3 people' }).click();
  }

  async makeBatch(name: string, number: string, student: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Batches' }).first().click();
    await this.page.getByRole('button', { name: 'New batch' }).first().click();
    await this.page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name);
    await this.page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible();
    await this.page.getByRole('button', { name: 'Add students' }).first().click();
    const dialog = this.page.getByRole('dialog', { name: 'Add students' });
    await dialog.getByRole('combobox').fill(number);
    await this.page.getByRole('option', { name: student }).filter({ hasText: number }).click();
    await dialog.getByRole('button', { name: 'Add 1 to the batch' }).click();
    await expect(dialog).toBeHidden();
    await expect(this.page.getByRole('table', { name: 'Students' }).getByText(student)).toBeVisible();
  }

  /** Finds somebody by number and opens the drawer. */
  async show(number: string, name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Name, number or e-mail' }).fill(number);
    await this.page.getByRole('row').filter({ hasText: name }).filter({ hasText: number }).click();
    await expect(this.page.getByRole('complementary').getByRole('heading', { name })).toBeVisible();
  }

  async giveTime(multiplier: string, minutes: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'Extra time' }).click();
    await this.page.getByLabel('Own time, multiplied by').fill(multiplier);
    await this.page.getByLabel('Minutes on top').fill(minutes);
    await this.page.getByRole('button', { name: 'Save' }).click();
    await expect(this.page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
    await expectAccessible(this.page);
  }

  async disable(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Disable', exact: true }).click();
    const dialog = this.page.getByRole('dialog', { name: `Disable the account of ${name}` });
    await dialog.getByRole('button', { name: 'Disable', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(this.page.getByRole('button', { name: 'Let log in again' })).toBeVisible();
  }

  /** Finds the row about it in the audit log. */
  async disabledInLog(email: string, db: { query(sql: string, values: unknown[]): Promise<{ rows: { action: string; id: string }[] }> }): Promise<void> {
    const { rows: [told] } = await db.query("select l.action, u.id from users u join audit_log l on l.resource_id = u.id::text where u.email = $1 and l.after ->> 'disabled' = 'true'", [email]);
    expect(told).toBeDefined();
    await this.page.getByRole('link', { name: 'Audit log' }).click();
    await this.page.getByRole('textbox', { name: 'Action, name, reason or id' }).fill(told!.id);
    await this.page.getByRole('grid', { name: 'Audit log' }).getByRole('row').nth(1).click();
    const drawer = this.page.getByRole('complementary').filter({ hasText: told!.id });
    await expect(drawer.getByRole('row', { name: /disabled/i })).toContainText('true');
  }
}

