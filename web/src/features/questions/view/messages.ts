import { defineMessages } from '#web/lib/i18n.ts';

/** Texts of a question as a student sees it. */
export const messages = defineMessages({
  en: {
    empty: 'Write the question to see it here.',
    point: '1 point',
    points: '{{ points }} points',
    true: 'True',
    false: 'False',
    yourAnswer: 'Your answer',
    number: 'Your number',
    unit: 'Unit',
    wordsBetween: '{{ min }} to {{ max }} words',
    wordsMin: 'at least {{ min }} words',
    wordsMax: 'at most {{ max }} words',
    choose: 'Choose',
    mark: 'Set a mark on the image',
    marks: 'Set up to {{ count }} marks on the image',
    files: 'Up to {{ count }} files, {{ size }} each: {{ kinds }}',
    anyKind: 'every kind',
    language: 'Language',
    image: 'Image of the question',
    openFile: 'Open the file',
    gap: 'Gap {{ id }}',
  },
});
