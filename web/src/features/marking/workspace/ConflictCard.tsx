import { type JSX, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';

import type { Answer, MarkerMark } from '../api.ts';
import { messages } from '../messages.ts';
import type { Desk } from './create-desk.ts';
import { readPoints } from './rubric-points.ts';
import { MarkSide } from './MarkSide.tsx';

/** Somebody marked, or the answer changed, while a mark was written: both are kept, and the marker decides. */
export function ConflictCard(props: { desk: Desk; answer: Answer; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const theirs = () => props.desk.theirs()!;
  const given = (): MarkerMark | undefined => theirs().own ?? theirs().marks[0];
  const mine = (): Pick<MarkerMark, 'points' | 'comment' | 'selection' | 'annotations'> => {
    const { comment, selection, annotations } = props.desk.draft.content();
    return {
      points: readPoints(props.desk.draft.points()), comment: comment ?? null,
      selection: (selection ?? []).map(({ criterionId, levelId }) => ({ criterionId, levelId: levelId ?? null, comment: null })), annotations: (annotations ?? []) as MarkerMark['annotations'],
    };
  };
  return (
    <Banner tone="attention" live="alert" title={given() === undefined ? t('conflictOther') : theirs().own !== null ? t('conflictSelf') : t('conflictBy', { name: given()!.grader.name })}>
      <p>{t('conflictHelp')}</p>
      <div class="MarkSides">
        <Show when={given()}>{(mark) => <MarkSide title={t('conflictTheirs', { name: mark().grader.name })} mark={mark()} rubric={theirs().rubric} max={theirs().maxPoints}><Button onClick={() => (props.desk.yieldTo(), props.onDone())}>{t('conflictKeep')}</Button></MarkSide>}</Show>
        <MarkSide title={t('conflictMine')} mark={mine()} rubric={props.answer.rubric} max={props.answer.maxPoints}>
          <Show when={theirs().role !== null || theirs().own !== null} fallback={<Button onClick={() => props.desk.yieldTo()}>{t('conflictLook')}</Button>}>
            <Button kind="primary" busy={props.desk.isSaving()} busyText={t('saving')} onClick={() => void props.desk.insist()}>{t('conflictInsist')}</Button>
          </Show>
        </MarkSide>
      </div>
    </Banner>
  );
}
