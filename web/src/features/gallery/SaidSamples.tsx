import Check from 'lucide-solid/icons/check';
import Hourglass from 'lucide-solid/icons/hourglass';
import Library from 'lucide-solid/icons/library';
import Timer from 'lucide-solid/icons/timer';
import UserRound from 'lucide-solid/icons/user-round';
import WifiOff from 'lucide-solid/icons/wifi-off';
import type { JSX } from 'solid-js';

import { ApiProblem, Offline, type ProblemBody } from '#web/lib/problem.ts';
import { Banner, Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Countdown } from '#web/ui/Countdown.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Link } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { RichText } from '#web/ui/RichText.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { Sample } from './Sample.tsx';

function problem(status: number, code: string, title: string, detail: string, errors?: ProblemBody['errors']): ApiProblem {
  return new ApiProblem({ status, code, title, detail, requestId: '01982f6e-4a1c-7d31-9a77-2c1b0a55e0f3', ...(errors ? { errors } : {}) } as ProblemBody, status === 429 ? 42_000 : undefined);
}

const HTML = '<p>Which <b>organelle</b> makes most of the <em>ATP</em>? H<sub>2</sub>O, <code>x = 1</code></p><ul><li>one</li><li>two</li></ul><script>bad()</script><p onclick="x()">Formula \\(a^2 + b^2\\)</p><table><tr><th>Cell</th><th>ATP</th></tr><tr><td>plant</td><td>32</td></tr></table><img src="https://elsewhere.example/x.png"><a href="javascript:x()">not a link</a>';
const MARKDOWN = 'Use the **Hardy-Weinberg** rule, `p + q = 1`, and *explain*:\n\n1. the assumptions\n2. one case where they fail\n\n> A quote with a [link](https://example.org)\n\n```\nfor (const x of y) {}\n```\n\nFormula $$p^2 + 2pq + q^2$$';

/** What tells, warns, waits or is empty. */
export function SaidSamples(): JSX.Element {
  return (
    <>
      <Sample name="Banner" layout="wide">
        <Banner title="Your exam ends at 12:00">You can change every answer until then.</Banner>
        <Banner tone="info" icon={Timer} title="10 minutes added" by="Tomas Brandt, 10:31" onClose={() => undefined}>Fire alarm. Your exam now ends at 12:10.</Banner>
        <Banner tone="attention" icon={WifiOff} title="No connection" actions={<Button size="small">Save a copy</Button>}>Your answers are kept on this device and will be sent.</Banner>
        <Banner tone="act" title="The exam ends in 1 minute" live="alert">Whatever is written then counts.</Banner>
        <Banner tone="done" title="Everything is saved">20 of 20 answers, last at 10:42:07.</Banner>
        <Banner tone="accent" title="Practice exam">Nobody sees what you write here.</Banner>
      </Sample>
      <Sample name="Banner with columns" layout="plain">
        <Banner
          tone="attention"
          title="Temporal has not answered since 10:38:12. The exam goes on."
          columns={[
            { icon: Check, tone: 'done', title: 'Not affected', body: 'Answers are saved (last 10:42:06). Time changes apply at once. Every session ends at its second: the database closes it.' },
            { icon: Hourglass, tone: 'attention', title: 'Waiting until it is back', body: 'Automatic grading, reminder mails and escalations: 37 steps are queued, none is lost.' },
            { icon: UserRound, title: 'What you can do', body: <>Carry on as planned. <Link href="#banner">Load the list now</Link></> },
          ]}
        />
      </Sample>
      <Sample name="Notice" layout="wide">
        <Notice>The clock runs on. What is typed now stays on the device and is sent when the connection is back. If it stays away, the 11 saved answers count.</Notice>
        <Notice icon={Hourglass} tone="attention">3 students have not yet seen this change.</Notice>
      </Sample>
      <Sample name="Problem" layout="wide">
        <ProblemView problem={new Offline('x')} onRetry={() => undefined} />
        <ProblemView problem={problem(500, 'internal', 'Internal error', 'x')} onRetry={() => undefined} />
        <ProblemView problem={problem(409, 'state-conflict', 'Not possible in this state', 'The session is paused; resume it first.')} compact />
        <ProblemView problem={problem(422, 'invalid', 'Invalid', 'Two fields', [{ pointer: '/title', message: 'The title is missing.' }, { pointer: '/durationMs', message: 'The length is at most 24 hours.' }])} />
        <ProblemView problem={problem(429, 'rate-limited', 'Too many', 'x')} onRetry={() => undefined} busy />
        <ProblemView problem={problem(404, 'not-found', 'Not found', 'x')} actions={<Button>Back to the exams</Button>} />
      </Sample>
      <Sample name="Empty and loading" layout="wide">
        <EmptyState icon={Library} title="No questions yet" action={<><Button kind="primary">Write the first one</Button><Button>Import questions</Button></>}>Questions of your courses stand here. They keep their versions, and an exam uses the version that it was published with.</EmptyState>
        <EmptyState title="Nobody has this filter" action={<Button>Show all 412</Button>} />
        <div class="stack"><Skeleton count={4} silent /><Skeleton kind="block" silent /></div>
        <Skeleton kind="row" count={4} silent />
      </Sample>
      <Sample name="Countdown" layout="wide">
        <Countdown label="Your exam begins in" ms={767_000} after="It opens by itself." />
        <Countdown ms={4_421_000} />
      </Sample>
      <Sample name="Rich text" layout="wide">
        <RichText text={{ format: 'html', value: HTML }} />
        <RichText text={{ format: 'markdown', value: MARKDOWN }} />
        <RichText text={{ format: 'plain', value: 'Plain text,\n  as it was typed: <b>no markup</b>.' }} />
        <RichText text={{ format: 'plain', value: 'هذا سؤال مكتوب من اليمين إلى اليسار' }} />
      </Sample>
    </>
  );
}
