import { admin, makeAccount } from './support/school.ts';
import { expect, expectAccessible, logInContext, logInOn, test } from './support/test.ts';

test('a wrong password is said in words and takes nothing away; the right one leads to the own pages', async ({ page }) => {
  const student = await makeAccount(await admin(), 'student', 'Amara Osei');
  await page.goto('/login');
  await page.getByLabel('E-mail address').fill(student.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByText('These two do not match')).toBeVisible();
  await expect(page.getByLabel('E-mail address')).toHaveValue(student.email);
  await expectAccessible(page);

  await page.getByLabel('Password', { exact: true }).fill(student.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL(/\/exams$/);
  await expect(page.getByText('No exams yet')).toBeVisible();
  await expectAccessible(page);
});

test('a page behind the log-in is reached after it', async ({ page }) => {
  const teacher = await makeAccount(await admin(), 'teacher');
  await page.goto('/staff/questions?type=essay');
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('E-mail address').fill(teacher.email);
  await page.getByLabel('Password', { exact: true }).fill(teacher.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL(/\/staff\/questions\?type=essay/);
});

test('pages of another role are refused in words, and the server refuses what they would ask for', async ({ page, context }) => {
  const student = await makeAccount(await admin(), 'student');
  await logInContext(context, student);
  await page.goto('/staff/people');
  await expect(page.getByText('This page is not for your account')).toBeVisible();
  const reply = await context.request.get('/api/v1/users');
  expect(reply.status()).toBe(403);
});

test('a log-out takes the log-in away, also from a page in another tab', async ({ page, context }) => {
  const teacher = await makeAccount(await admin(), 'teacher', 'Miriam Okafor');
  await logInOn(page, teacher);
  await expect(page).toHaveURL(/\/staff$/);
  await page.getByRole('button', { name: 'Miriam Okafor' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page).toHaveURL(/\/login/);
  expect((await context.request.get('/api/v1/auth/me')).status()).toBe(401);
});

test('an ended access token is renewed without anybody noticing', async ({ page, context }) => {
  const teacher = await makeAccount(await admin(), 'teacher');
  await logInContext(context, teacher);
  await context.clearCookies({ name: 'hf_access' });
  await page.goto('/staff/batches');
  await expect(page.getByRole('heading', { name: 'Batches' })).toBeVisible();
  expect((await context.cookies()).map(({ name }) => name)).toContain('hf_access');
});

test('pages speak German to whoever wants that', async ({ browser, stack }) => {
  const context = await browser.newContext({ locale: 'de-DE', baseURL: stack.url });
  const page = await context.newPage();
  await page.goto('/login');
  await expect(page.getByRole('button', { name: 'Anmelden' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  await context.close();
});

test('pages run under a policy that lets nothing inline run, and an unknown address is said to be one', async ({ page }) => {
  const reply = await page.goto('/no/such/page');
  expect(reply?.headers()['content-security-policy']).toContain("default-src 'none'");
  expect(reply?.headers()['content-security-policy']).not.toContain('unsafe');
  await expect(page).toHaveTitle(/no such page/);
});
