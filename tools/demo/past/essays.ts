import type { Chance } from '../chance.ts';

/** An essay as it grows on the page, and what the teacher gives for it. */
export interface DemoEssay {
  /** The text after each sentence, and what it would earn if it ended there: a decimal string, 0 to 5. */
  readonly drafts: readonly { readonly text: string; readonly points: string }[];
  readonly comment: string;
}

const OPENINGS = [
  'Antibiotic resistance is an example of natural selection that can be watched.',
  'Natural selection does not make bacteria resistant, it sorts them.',
  'Bacteria divide often, so evolution is fast in them.',
  'Staphylococcus aureus in a hospital shows how resistance comes about.',
  'A patient with tuberculosis takes an antibiotic for half a year.',
];

/** What has to be named, a point each: how it is said, and what the teacher writes when it is missing. */
const ASPECTS = [
  {
    missing: 'You do not say where the resistant variants come from.',
    said: [
      'By mutation a few of the bacteria already carry a changed gene before any drug is given.',
      'The population varies: some cells have a pump or an enzyme that others lack, because of random mutations.',
      'Not all cells are alike, since errors happen when DNA is copied, and one of them may happen to protect the cell.',
      'Plasmids that carry resistance genes are present in a small part of the population from the start.',
    ],
  },
  {
    missing: 'Say what the antibiotic does to the others.',
    said: [
      'When the antibiotic is given the sensitive cells die and the resistant ones survive.',
      'The drug kills most of the population, so the few resistant cells have the nutrients for themselves.',
      'In the presence of the antibiotic resistant cells reproduce more than sensitive ones, which is selection.',
    ],
  },
  {
    missing: 'Inheritance is not mentioned.',
    said: [
      'They pass the gene on when they divide, so after some generations nearly all cells have it.',
      'The daughter cells inherit the resistance, and plasmids even carry it to other species.',
      'Because the trait is inherited, its share grows from generation to generation.',
    ],
  },
  {
    missing: 'An example was asked for.',
    said: [
      'MRSA, which is resistant to methicillin, spread in this way.',
      'This was seen with penicillin only a few years after it came into use.',
      'A therapy that is stopped too early therefore leaves the less sensitive ones alive.',
      'It is why farms that feed antibiotics to healthy animals are a problem.',
    ],
  },
] as const;

const MISTAKES = [
  'The bacteria get used to the antibiotic and become immune to it.',
  'The bacteria want to survive and so they mutate when the drug comes.',
  'The human body becomes resistant to the medicine after a while.',
];

const CLOSINGS = [
  'So the population has changed although no single cell has.',
  'The antibiotic did not cause the resistance, it only selected it.',
  'In the end the drug has no effect any more.',
];

/**
 * Writes about natural selection.
 * @param skill 0 to 1
 */
export function writeEssay(skill: number, chance: Chance): DemoEssay {
  const missing: string[] = [];
  const parts: { text: string; halves: number }[] = [{ text: chance.pick(OPENINGS), halves: 0 }];
  for (const aspect of ASPECTS) {
    if (chance.happens(0.15 + 0.8 * skill)) parts.push({ text: chance.pick(aspect.said), halves: 2 });
    else missing.push(aspect.missing);
  }
  const isMistaken = chance.happens(0.6 - 0.55 * skill);
  if (isMistaken) parts.push({ text: chance.pick(MISTAKES), halves: 0 });
  parts.push({ text: chance.pick(CLOSINGS), halves: isMistaken ? 1 : 2 });
  const drafts = parts.map((_, index) => {
    const sofar = parts.slice(0, index + 1);
    return { text: sofar.map(({ text }) => text).join(' '), points: String(sofar.reduce((sum, { halves }) => sum + halves, 0) / 2) };
  });
  if (isMistaken) missing.push('Mutations are not an answer to the drug, they come before it.');
  return { drafts, comment: missing.length === 0 ? 'Clear and complete.' : missing.join(' ') };
}
