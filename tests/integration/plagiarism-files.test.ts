import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { ownWords, scanExam } from '#tests/support/plagiarism.ts';
import { handIn, startExam, startFor } from '#tests/support/started-exam.ts';
import { insertAnswer } from '#tests/support/workflow-exam.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PROGRAM = `
def mean(values):
    total = 0
    for value in values:
        total = total + value
    return total / len(values)

def spread(values):
    middle = mean(values)
    squares = [(value - middle) ** 2 for value in values]
    return (sum(squares) / (len(values) - 1)) ** 0.5

with open("data.csv") as source:
    rows = [float(line.split(",")[1]) for line in source if line.strip()]
print(mean(rows), spread(rows))
`;
const RENAMED = PROGRAM.replaceAll('value', 'x').replaceAll('total', 's').replaceAll('middle', 'avg').replaceAll('rows', 'numbers');
const IMAGE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 4, 5]);

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

/** What each student hands in: the first two the same program under other names, the next two the same picture, the others their own. */
function filesOf(index: number): { name: string; bytes: Buffer }[] {
  if (index < 2) return [{ name: index === 0 ? 'stats.py' : 'my_solution.py', bytes: Buffer.from(index === 0 ? PROGRAM : RENAMED) }];
  if (index < 4) return [{ name: `plot ${index}.png`, bytes: IMAGE }];
  return [{ name: 'answer.txt', bytes: Buffer.from(ownWords(index, 60)) }];
}

async function upload(sessionId: string, student: TestPerson, { name, bytes }: { name: string; bytes: Buffer }): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const response = await fetch(`${api.url}/api/v1/sessions/${sessionId}/files`, { method: 'POST', headers: { Authorization: `Bearer ${student.token}` }, body: form });
  return ((await response.json()) as { fileId: string }).fileId;
}

test('files that were handed in are compared: programs under other names by their structure, pictures by their bytes', async () => {
  const exam = await startExam(api, { sitting: 0 });
  await api.pool.query(`update exam_contents set content = replace(content::text, '"essay"', '"file-upload"')::jsonb where exam_id = $1`, [exam.examId]);
  const students = await api.students(10);
  const sessionIds: string[] = [];
  for (const [index, student] of students.entries()) {
    await api.pool.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [exam.examId, student.id]);
    const sessionId = await startFor(api, exam.examId, student);
    sessionIds.push(sessionId);
    const fileIds = await Promise.all(filesOf(index).map((file) => upload(sessionId, student, file)));
    await insertAnswer(api.pool, sessionId, exam.essayItemId, { fileIds });
    await handIn(api, sessionId, student.id);
  }
  const runId = await scanExam(api, exam.teacher, exam.examId);
  const { body } = await exam.teacher.get(`/plagiarism-scans/${runId}/pairs?flagged=true`);
  const found = new Map((body.items as { id: string; a: { sessionId: string }; b: { sessionId: string } }[]).map((pair) => [[pair.a.sessionId, pair.b.sessionId].sort().join(' '), pair.id]));
  const [programs, pictures] = [0, 2].map((from) => sessionIds.slice(from, from + 2).sort().join(' '));
  expect([...found.keys()].sort()).toEqual([programs, pictures].sort());

  const sides = async (pairId: string) => (await exam.teacher.get(`/plagiarism-pairs/${pairId}`)).body.items!.find((item: { type: string }) => item.type === 'file-upload')!;
  const program = await sides(found.get(programs!)!);
  expect(program).toMatchObject({ match: 'text', a: { files: [{ same: false }] }, b: { files: [{ same: false }] } });
  expect(program['containment']).toBeGreaterThan(0.8);
  const [range] = program['ranges'] as { aFrom: number; aTo: number }[];
  expect(String(program['a'].fileText).slice(range!.aFrom, range!.aTo)).toContain('return');
  const picture = await sides(found.get(pictures!)!);
  expect(picture).toMatchObject({ match: 'same-files', containment: null, ranges: [], a: { fileText: null, files: [{ same: true, sizeBytes: IMAGE.length }] } });
});
