import type { Page } from '@playwright/test';

import { type Caller, logIn, type LogIn } from './caller.ts';
import type { WorstCase } from './worst-case.ts';

/** A page to take pictures of. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  /** Who looks at it; undefined: somebody who is not logged in. */
  readonly by: LogIn | undefined;
  /** What the browser asks for; British English unless told. */
  readonly locale?: string;
  /** What is done before the page is opened, such as having its data refused. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** What is done on the page, such as opening a dialog. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

type Exam = { readonly id: string; readonly state: string; readonly assignedCount: number; readonly sessions?: { readonly started: number } };
type Items<Item> = { readonly items: readonly Item[] };

/** Every page with the demo data of a stack. */
export async function shotsOfDemo(url: string, accounts: readonly (LogIn & { role: string })[]): Promise<Shot[]> {
  const [student, teacher, admin] = ['student', 'teacher', 'admin'].map((role) => accounts.find((account) => account.role === role));
  // a stack without demo data has an admin at most
  if (student === undefined || teacher === undefined || admin === undefined) return [];
  const staff = await logIn(url, admin);
  const sitter = await logIn(url, student);
  const { items: exams } = await staff.call<Items<Exam>>('GET', '/exams?limit=100');
  const most = (state: string): string | undefined => exams.filter((exam) => exam.state === state).sort((one, other) => (other.sessions?.started ?? 0) - (one.sessions?.started ?? 0) || other.assignedCount - one.assignedCount)[0]?.id;
  const [open, closed, draft, ahead] = [most('open'), most('closed'), most('draft'), most('published')];
  const session = closed === undefined ? undefined : (await staff.call<Items<{ sessionId: string | null }>>('GET', `/exams/${closed}/results?limit=1`)).items[0]?.sessionId;
  const question = (await staff.call<Items<{ id: string }>>('GET', '/questions?limit=1')).items[0]?.id;
  const batch = (await staff.call<Items<{ id: string }>>('GET', '/batches?limit=1')).items[0]?.id;
  const workflow = (await staff.call<Items<{ workflowId: string }>>('GET', '/admin/workflows?kind=session&limit=1')).items[0]?.workflowId;
  const someone = (await staff.call<Items<{ id: string }>>('GET', '/users?role=student&limit=1')).items[0]?.id;
  const mine = await ofStudent(sitter);
  const shot = (by: LogIn | undefined) => (name: string, path: string, ...needs: readonly (string | undefined)[]): Shot[] => (needs.includes(undefined) ? [] : [{ name, path, by }]);
  const [guest, asStudent, asTeacher, asAdmin] = [shot(undefined), shot(student), shot(teacher), shot(admin)];
  return [
    ...guest('login', '/login'), ...guest('register', '/register'), ...guest('missing', '/no/such/page'),
    ...asStudent('exams', '/exams'), ...asStudent('exam-entry', `/exams/${mine.next}`, mine.next), ...asStudent('results', '/results'), ...asStudent('result', `/results/${mine.ended}`, mine.ended),
    ...asStudent('system-check', '/system-check'), ...asStudent('practice', '/practice'), ...asStudent('account', '/account'), ...asStudent('achievements', '/achievements'),
    ...asTeacher('staff-overview', '/staff'), ...asAdmin('staff-exams', '/staff/exams'),
    ...asAdmin('staff-exam-open', `/staff/exams/${open}`, open), ...asAdmin('staff-exam-draft', `/staff/exams/${draft}`, draft),
    ...['basics', 'questions', 'schedule', 'review'].flatMap((step) => asAdmin(`staff-builder-${step}`, `/staff/exams/${draft}/edit?step=${step}`, draft)),
    ...asAdmin('staff-settings', `/staff/exams/${ahead}/edit`, ahead), ...asAdmin('staff-preview', `/staff/exams/${closed}/preview`, closed),
    ...asAdmin('staff-monitor', `/staff/exams/${open}/monitor`, open), ...asAdmin('staff-results', `/staff/exams/${closed}/results`, closed), ...asAdmin('staff-close-out', `/staff/exams/${closed}/close-out`, closed),
    ...asAdmin('staff-session', `/staff/sessions/${session}`, session ?? undefined),
    ...asTeacher('staff-questions', '/staff/questions'), ...asTeacher('staff-question', `/staff/questions/${question}`, question), ...asTeacher('staff-question-new', '/staff/questions/new'), ...asTeacher('staff-import', '/staff/questions/import'),
    ...asTeacher('staff-batches', '/staff/batches'), ...asTeacher('staff-batch', `/staff/batches/${batch}`, batch), ...asTeacher('staff-batch-achievements', `/staff/batches/${batch}/achievements`, batch), ...asTeacher('staff-appeals', '/staff/appeals'), ...asTeacher('staff-account', '/staff/account'),
    ...asAdmin('staff-people', '/staff/people'), ...asAdmin('staff-people-import', '/staff/people/import'), ...asAdmin('staff-health', '/staff/health'), ...asAdmin('staff-workflows', '/staff/workflows'),
    ...asAdmin('staff-workflow', `/staff/workflows/${encodeURIComponent(workflow ?? '')}`, workflow), ...asAdmin('staff-audit', '/staff/audit'), ...asAdmin('staff-mail', '/staff/mail'), ...asAdmin('staff-institution', '/staff/institution'), ...asTeacher('staff-student', `/staff/students/${someone}`, someone),
    ...dialogs(admin, open),
    ...states(student, teacher, admin),
    ...[...asStudent('german-exams', '/exams'), ...asStudent('german-exam-entry', `/exams/${mine.next}`, mine.next), ...asStudent('german-results', '/results'), ...asStudent('german-result', `/results/${mine.ended}`, mine.ended), ...asStudent('german-system-check', '/system-check'), ...asStudent('german-practice', '/practice'), ...asStudent('german-account', '/account'), ...asStudent('german-achievements', '/achievements'), ...guest('german-login', '/login'), ...guest('german-register', '/register')].map((each) => ({ ...each, locale: 'de-DE' })),
  ];
}

/** Dialogs and drawers that matter. */
function dialogs(by: LogIn, open: string | undefined): Shot[] {
  const live: Shot[] = open === undefined ? [] : [
    { name: 'staff-monitor-extend', path: `/staff/exams/${open}/monitor`, by, prepare: (page) => page.getByRole('button', { name: 'Change time' }).click() },
    { name: 'staff-monitor-student', path: `/staff/exams/${open}/monitor`, by, prepare: (page) => page.getByRole('grid').getByRole('row').nth(1).click() },
  ];
  return [
    ...live,
    { name: 'staff-person', path: '/staff/people', by, prepare: (page) => page.getByRole('grid').getByRole('row').nth(1).click() },
    { name: 'staff-audit-row', path: '/staff/audit', by, prepare: (page) => page.getByRole('grid').getByRole('row').nth(1).click() },
    { name: 'staff-palette', path: '/staff', by, prepare: (page) => page.keyboard.press('Control+k') },
  ];
}

const LISTS = ['questions', 'batches', 'exams', 'users', 'audit', 'workflows', 'marking/exams'];

/** Pages without anything on them, pages whose data are refused, and pages for somebody else. */
function states(student: LogIn, teacher: LogIn, admin: LogIn): Shot[] {
  const empty = answered(200, { items: [], nextCursor: null, total: 0, streamPosition: '0' });
  const broken = answered(500, { type: 'about:blank', title: 'Internal error', status: 500, code: 'internal-error', detail: 'Something broke.', instance: '/', requestId: '0193f1c2-7d1e-7aa0-9a35-2f6e2a7c5d10' });
  const gone = (page: Page): Promise<unknown> => page.route(/\/api\/v1\/exams/, (route) => route.abort('internetdisconnected'));
  return [
    ...['questions', 'batches', 'exams', 'people', 'audit', 'workflows', 'marking'].map((name) => ({ name: `empty-staff-${name}`, path: `/staff/${name}`, by: admin, before: empty })),
    { name: 'empty-exams', path: '/exams', by: student, before: empty }, { name: 'empty-results', path: '/results', by: student, before: empty },
    { name: 'broken-staff-questions', path: '/staff/questions', by: teacher, before: broken }, { name: 'broken-exams', path: '/exams', by: student, before: broken },
    { name: 'offline-exams', path: '/exams', by: student, before: gone }, { name: 'offline-staff-exams', path: '/staff/exams', by: teacher, before: gone },
    { name: 'forbidden-staff-people', path: '/staff/people', by: teacher }, { name: 'forbidden-staff', path: '/staff', by: student },
    { name: 'missing-exam', path: '/exams/01990000-0000-7000-8000-000000000001', by: student }, { name: 'missing-staff-exam', path: '/staff/exams/01990000-0000-7000-8000-000000000001', by: teacher },
    { name: 'missing-staff', path: '/staff/no/such/page', by: teacher },
  ];
}

/** Has the lists of the API answered with something else. */
function answered(status: number, json: object): (page: Page) => Promise<unknown> {
  return (page) => page.route((url) => LISTS.some((list) => url.pathname.endsWith(`/api/v1/${list}`) || url.pathname.endsWith(`/api/v1/admin/${list}`)), (route) => (route.request().method() === 'GET' ? route.fulfill({ status, json }) : route.fallback()));
}

/** Every page that names and texts can break, with the worst of them. */
export function shotsOfWorstCase(world: WorstCase, admin: LogIn): Shot[] {
  const shot = (by: LogIn) => (name: string, path: string): Shot => ({ name: `worst-${name}`, path, by });
  const [asTeacher, asStudent, asAdmin] = [shot(world.teacher), shot(world.student), shot(admin)];
  return [
    asTeacher('overview', '/staff'), asTeacher('exams', '/staff/exams'), asTeacher('exam', `/staff/exams/${world.liveId}`), asTeacher('monitor', `/staff/exams/${world.liveId}/monitor`),
    ...['basics', 'questions', 'schedule', 'review'].map((step) => asTeacher(`builder-${step}`, `/staff/exams/${world.draftId}/edit?step=${step}`)),
    asTeacher('preview', `/staff/exams/${world.pastId}/preview`), asTeacher('staff-results', `/staff/exams/${world.pastId}/results`), asTeacher('close-out', `/staff/exams/${world.pastId}/close-out`),
    asTeacher('session', `/staff/sessions/${world.pastSessionId}`), asTeacher('questions', '/staff/questions'), asTeacher('question', `/staff/questions/${world.questionId}`),
    asTeacher('batches', '/staff/batches'), asTeacher('batch', `/staff/batches/${world.batchId}`),
    asAdmin('people', '/staff/people'), asAdmin('workflows', '/staff/workflows'), asAdmin('audit', '/staff/audit'),
    asStudent('my-exams', '/exams'), asStudent('exam-entry', `/exams/${world.aheadId}`), asStudent('my-results', '/results'), asStudent('result', `/results/${world.pastSessionId}`), asStudent('account', '/account'),
    asStudent('sitting', `/sit/${world.liveSessionId}`),
  ];
}

async function ofStudent(student: Caller): Promise<{ next: string | undefined; ended: string | undefined }> {
  const { items } = await student.call<Items<{ id: string; state: string; session?: { id: string; state: string } }>>('GET', '/exams?limit=100');
  return {
    next: items.find(({ state }) => state === 'published' || state === 'open')?.id,
    ended: items.find(({ session }) => session !== undefined && session.state !== 'active' && session.state !== 'paused')?.session?.id,
  };
}
