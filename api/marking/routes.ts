import { z } from 'zod';

import { hasRole, type Actor } from '#api/http/actor.ts';
import { defineRoute, demandVersion, reply, type Route } from '#api/http/route.ts';
import type { Deps } from '#api/deps.ts';
import { demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import {
  allocationInSchema, allocationSchema, answerFlagsSchema, markingExamsSchema, markingOverviewSchema, markingSettingsInSchema, markingSettingsSchema,
} from '#contracts/marking.ts';
import type { Queryable } from '#db/connection.ts';
import { allocate } from '#db/marking/allocate.ts';
import { listAnswers, listFlags } from '#db/marking/answers.ts';
import { countByItem, countUngraded, type GraderProgress, listMarkingExams, listProgress, type ItemCounts } from '#db/marking/overview.ts';
import { listRubrics } from '#db/marking/rubrics.ts';
import { listPeople, selectMarkingSettings, updateMarkingSettings } from '#db/marking/settings.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { plainText } from '#db/questions/plain-text.ts';
import { itemPlaces } from '#domain/paper/places.ts';

import { itemIn, type MarkedExam, openMarking, presentFlag } from './load.ts';
import { presentSettings } from './present.ts';
import { visibleFlags } from './sight.ts';

// proctors reach the policy, so that an exam they watch over answers 403 and any other 404
const staff = ['admin', 'teacher', 'proctor'] as const;
const params = z.strictObject({ examId: idSchema });
const EXCERPT = 200;
const NOTHING: Omit<GraderProgress, 'graderId'> = { allocated: 0, first: 0, second: 0, leased: 0, flagged: 0, medianSeconds: null };

/** Marking of an exam by hand: where it stands, how it is done, who does what. */
export const markingRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/marking/exams', tag: 'marking', summary: 'List the exams with answers that the actor may mark, newest first', access: ['admin', 'teacher'],
    replies: { 200: markingExamsSchema },
    handle: async ({ actor, db }) => reply(200, { items: await listMarkingExams(db, actor.id, hasRole(actor, 'admin')) }),
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/marking', tag: 'marking', summary: 'See how far the marking of an exam is', access: staff, params,
    replies: { 200: markingOverviewSchema },
    handle: async ({ actor, db, deps, params: { examId } }) => reply(200, await overviewOf(db, deps, actor, await openMarking(db, deps, actor, examId))),
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/marking/settings', tag: 'marking', summary: 'Read how the answers of an exam are marked', access: staff, params,
    replies: { 200: markingSettingsSchema },
    async handle({ actor, db, params: { examId } }) {
      demand(actor, 'mark-answers', await selectExamSubject(db, examId, actor.id));
      const settings = await selectMarkingSettings(db, examId);
      return reply(200, presentSettings(settings), { etag: settings.version });
    },
  }),
  defineRoute({
    method: 'put', path: '/exams/{examId}/marking/settings', tag: 'marking', summary: 'Set how the answers of an exam are marked, and by whom', access: staff, params,
    description: 'Answers that have a mark keep the rule of second marking that they got it under.', ifMatch: 'required',
    body: markingSettingsInSchema, replies: { 200: markingSettingsSchema },
    async handle({ actor, body, ifMatch, origin, params: { examId }, tx }) {
      demand(actor, 'mark', await selectExamSubject(tx, examId, actor.id));
      demandVersion(ifMatch, (await selectMarkingSettings(tx, examId)).version);
      const settings = await updateMarkingSettings(tx, { ...body, examId, seen: ifMatch }, origin);
      return reply(200, presentSettings(settings), { etag: settings.version });
    },
  }),
  defineRoute({
    method: 'post', path: '/exams/{examId}/marking/allocate', tag: 'marking', summary: 'Deal the waiting answers evenly among the graders', access: staff, key: 'required', params,
    description: 'Without graders on the list everything is for the owner. Dealing again without a change changes nothing.',
    body: allocationInSchema, replies: { 200: allocationSchema },
    async handle({ actor, body, deps, origin, params: { examId }, tx }) {
      const { exam, settings } = await openMarking(tx, deps, actor, examId);
      demand(actor, 'mark', exam);
      const active = settings.graders.filter((grader) => grader.active).map((grader) => grader.id);
      const graders = active.length === 0 ? [exam.ownerId] : active;
      const { changed, dealt } = await allocate(tx, settings, graders, body.by, origin);
      const people = await listPeople(tx, graders);
      return reply(200, { examId, changed, graders: dealt.map(({ graderId, first, second }) => ({ user: { id: graderId, name: people.get(graderId)?.name ?? '' }, first, second })) });
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/marking/flags', tag: 'marking', summary: 'List the answers that graders want to talk about', access: staff, params,
    replies: { 200: answerFlagsSchema },
    async handle({ actor, db, deps, params: { examId } }) {
      await openMarking(db, deps, actor, examId);
      const answers = await listAnswers(db, { examId, actorId: actor.id, filter: 'flagged' });
      const flags = await listFlags(db, answers);
      return reply(200, {
        items: answers.flatMap((answer) => visibleFlags(answer, flags.filter((flag) => flag.sessionId === answer.sessionId && flag.itemId === answer.itemId), actor.id)
          .map((flag) => ({ ...presentFlag(flag, actor.id), sessionId: answer.sessionId, itemId: answer.itemId, code: answer.code, number: answer.number, state: answer.state }))),
      });
    },
  }),
];

async function overviewOf(q: Queryable, deps: Deps, actor: Actor, { exam, settings, decides }: MarkedExam): Promise<z.input<typeof markingOverviewSchema>> {
  const [items, progress, rubrics, content, ungraded] = await Promise.all([
    countByItem(q, exam.id, actor.id), listProgress(q, exam.id), listRubrics(q, exam.id), deps.contents.contentOf(exam.id), countUngraded(q, exam.id),
  ]);
  const places = itemPlaces(content);
  const NOWHERE = { number: null, drawn: null };
  const sum = (key: keyof Counts): number => items.reduce((total, item) => total + item[key], 0);
  const own = progress.find((each) => each.graderId === actor.id);
  const described = await Promise.all(items.map(async (item) => ({
    ...countsOf(item), itemId: item.itemId, ...(places.get(item.itemId) ?? NOWHERE), maxPoints: item.maxPoints, rubricVersion: rubrics.get(item.itemId)?.version ?? 0,
    mine: item.mine, mySecond: item.mySecond, ...(await questionOf(deps, exam.id, item)),
  })));
  return {
    examId: exam.id, title: exam.title, owner: decides, settings: presentSettings(settings),
    total: sum('total'), done: sum('done'), pending: sum('pending'), second: sum('second'), reconcile: sum('reconcile'), leased: sum('leased'), flagged: sum('flagged'), ungraded,
    items: described.toSorted((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || (a.drawn ?? Infinity) - (b.drawn ?? Infinity) || (a.itemId < b.itemId ? -1 : 1)),
    graders: await gradersOf(q, exam.ownerId, settings.graders.filter((grader) => grader.active).map((grader) => grader.id), progress),
    me: { done: (own?.first ?? 0) + (own?.second ?? 0), medianSeconds: own?.medianSeconds ?? null },
  };
}

type Counts = Pick<ItemCounts, 'total' | 'done' | 'pending' | 'second' | 'reconcile' | 'leased' | 'flagged'>;

function countsOf({ total, done, pending, second, reconcile, leased, flagged }: ItemCounts): Counts {
  return { total, done, pending, second, reconcile, leased, flagged };
}

async function questionOf(deps: Deps, examId: string, { itemId, seed }: ItemCounts) {
  const { question } = await itemIn(deps, examId, seed, itemId);
  return { type: question.type, text: plainText(question.text).slice(0, EXCERPT) };
}

async function gradersOf(q: Queryable, ownerId: string, listed: readonly string[], progress: readonly GraderProgress[]) {
  const active = new Set([ownerId, ...listed]);
  const ids = [...new Set([...listed, ownerId, ...progress.map((each) => each.graderId)])];
  const people = await listPeople(q, ids);
  return ids.map((id) => {
    const { allocated, first, second, leased, flagged, medianSeconds } = progress.find((each) => each.graderId === id) ?? NOTHING;
    return { user: { id, name: people.get(id)?.name ?? '' }, active: active.has(id), allocated, first, second, leased, flagged, medianSeconds };
  });
}
