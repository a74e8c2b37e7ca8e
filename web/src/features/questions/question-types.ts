import AlignLeft from 'lucide-solid/icons/text-align-start';
import ArrowDownUp from 'lucide-solid/icons/arrow-down-up';
import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right';
import CircleDot from 'lucide-solid/icons/circle-dot';
import Code from 'lucide-solid/icons/code';
import Hash from 'lucide-solid/icons/hash';
import LassoSelect from 'lucide-solid/icons/lasso-select';
import ListChecks from 'lucide-solid/icons/list-checks';
import Paperclip from 'lucide-solid/icons/paperclip';
import TextCursorInput from 'lucide-solid/icons/text-cursor-input';
import ToggleLeft from 'lucide-solid/icons/toggle-left';
import Type from 'lucide-solid/icons/type';

import type { QuestionType } from '#domain/questions/types.ts';
import type { Icon } from '#web/ui/icon.ts';

/** The sign of a question type. */
export const TYPE_ICONS: Readonly<Record<QuestionType, Icon>> = {
  'single-choice': CircleDot,
  'multiple-choice': ListChecks,
  'true-false': ToggleLeft,
  'short-text': Type,
  numeric: Hash,
  essay: AlignLeft,
  matching: ArrowLeftRight,
  ordering: ArrowDownUp,
  cloze: TextCursorInput,
  'hot-spot': LassoSelect,
  'file-upload': Paperclip,
  code: Code,
};
