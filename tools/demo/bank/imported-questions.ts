import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseGift } from '#domain/questions/gift/parse.ts';
import type { Difficulty } from '#domain/questions/types.ts';
import { ROOT } from '#tools/config.ts';

import { type DemoQuestion, withTopic } from './forms.ts';

/** A real question file. */
const FILE = join(ROOT, 'tests/fixtures/gift/biology-20.gift');

/** What a GIFT file does not say. */
const NOTES: Readonly<Record<string, { readonly difficulty?: Difficulty; readonly tags?: readonly string[]; readonly slips?: readonly string[] }>> = {
  'Site of ATP production': { difficulty: 'easy' },
  Ribosomes: { difficulty: 'easy' },
  'Organelles and their tasks': { difficulty: 'easy', tags: ['organelles'] },
  'Stages of mitosis': { tags: ['mitosis'], slips: ['anaphase', 'prophase', 'telophase', 'interphase'] },
  'Base pairing': { difficulty: 'easy', slips: ['3', '4', '1'] },
  Chargaff: { difficulty: 'hard', tags: ['calculation'], slips: ['22', '56', '78', '44'] },
  Meiosis: { tags: ['meiosis'], slips: ['46', '22', '44'] },
  'Dihybrid cross': { tags: ['inheritance'] },
  'Blood groups': { tags: ['inheritance'] },
  Mutation: { difficulty: 'hard', tags: ['dna'], slips: ['point mutation', 'missense mutation', 'frameshift', 'deletion'] },
  'Normal body temperature': { difficulty: 'easy', tags: ['temperature'], slips: ['38', '35.5', '39'] },
  Heart: { tags: ['heart'] },
  Insulin: { tags: ['hormones'] },
  Haemoglobin: { difficulty: 'easy', tags: ['breathing'] },
  'Trophic levels': { difficulty: 'hard', tags: ['calculation'], slips: ['2000', '20', '1800'] },
  Pyramid: { tags: ['populations'] },
  'Natural selection': { difficulty: 'hard', tags: ['essay'] },
};

/** The questions that the teacher brought along in a file. */
export function importedQuestions(): DemoQuestion[] {
  return parseGift(readFileSync(FILE, 'utf8')).flatMap((block): DemoQuestion[] => {
    if (block.status === 'skipped') return [];
    const { tags, subject: _subject, topic, difficulty, ...content } = block.question;
    const note = NOTES[block.title] ?? {};
    return [{
      title: block.title,
      content,
      topic: topic ?? '',
      difficulty: note.difficulty ?? difficulty,
      tags: withTopic(content.type, topic ?? '', [...tags, ...(note.tags ?? [])]),
      slips: note.slips ?? [],
      origin: 'import',
    }];
  });
}
