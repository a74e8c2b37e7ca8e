import { defineMessages } from '#web/lib/i18n.ts';

/** Texts of the progress of a student, apart from those of a result, which the end of an exam shows too. */
export const messages = defineMessages({
  en: {
    progress: 'Progress',
    progressOwn: 'you',
    progressOthers: 'class',
    progressMean: (values: { count: number; mean: string }) => `On average you have **${values.mean} %** in ${values.count} exams.`,
    progressClass: (values: { compared: number; all: boolean; points: string; way: 'above' | 'below' | 'as' }) => {
      const than = values.way === 'as' ? 'as much as the class' : `${values.points} percentage points ${values.way === 'above' ? 'more' : 'fewer'} than the class`;
      return values.all ? `That is ${than}.` : `In the ${values.compared === 1 ? 'one exam that shows its' : `${values.compared} exams that show their`} class you have ${than}.`;
    },
    colExam: 'Exam',
    colEnded: 'Ended',
    colOwn: 'You',
    colOthers: 'Class',
    percent: '{{ percent }} %',
  },
  de: () => import('./progress-messages.de.ts'),
});
