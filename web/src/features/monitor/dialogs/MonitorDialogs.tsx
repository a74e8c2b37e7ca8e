import { Match, Show, Switch, type JSX } from 'solid-js';

import { useDesk, type DialogSpec } from '../monitor-context.ts';
import { ExamDialog } from './ExamDialog.tsx';
import { FinalDialog } from './FinalDialog.tsx';
import { MessageDialog } from './MessageDialog.tsx';
import { TimeDialog } from './TimeDialog.tsx';
import { WindowDialog } from './WindowDialog.tsx';

/** The question that is open over the page, if any. */
export function MonitorDialogs(props: { spec: DialogSpec | undefined; onClose: () => void }): JSX.Element {
  const { monitor } = useDesk();
  return (
    <Show when={props.spec} keyed>
      {(spec) => (
        <Switch>
          <Match when={spec.type === 'time' && spec}>{(time) => <TimeDialog act={time().act} scope={time().scope} {...(time().seconds === undefined ? {} : { seconds: time().seconds! })} onClose={() => props.onClose()} />}</Match>
          <Match when={spec.type === 'message' && spec}>{(message) => <MessageDialog scope={message().scope} onClose={() => props.onClose()} />}</Match>
          <Match when={(spec.type === 'terminate' || spec.type === 'withdraw') && spec}>{(final) => <FinalDialog type={final().type} keys={final().keys} onClose={() => props.onClose()} />}</Match>
          <Match when={(spec.type === 'open' || spec.type === 'cancel') && spec.type}>{(type) => <ExamDialog type={type()} onClose={() => props.onClose()} />}</Match>
          <Match when={spec.type === 'window' && monitor.exam()}>{(exam) => <WindowDialog exam={exam()} onClose={() => props.onClose()} />}</Match>
        </Switch>
      )}
    </Show>
  );
}
