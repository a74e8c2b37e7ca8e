import { type DemoQuestion, essay, matching, multiple, number, ordering, plain, question, single, statement, word } from './forms.ts';

const CELLS = 'Cell biology';
const GENETICS = 'Genetics';
const PHYSIOLOGY = 'Physiology';
const ECOLOGY = 'Ecology';

/** Questions about cells. */
const CELL_QUESTIONS: readonly DemoQuestion[] = [
  single({ title: 'Membranes', topic: CELLS, difficulty: 'easy', tags: ['membrane'] },
    'What are biological membranes mainly made of?', 'a double layer of phospholipids with proteins in it', ['a single layer of phospholipids', 'cellulose fibres', 'a network of actin filaments']),
  number({ title: 'Size under the microscope', topic: CELLS, difficulty: 'hard', tags: ['calculation'], explanation: '24 mm divided by 400 is 0.06 mm, which is 60 µm.' },
    'At a magnification of 400 a cell is 24 mm wide in the picture. How wide is it in reality?', '60', '0.5', ['9600', '6', '600', '16.7'],
    [{ name: 'µm', factor: '1' }, { name: 'mm', factor: '1000' }, { name: 'nm', factor: '0.001' }]),
  multiple({ title: 'Plant cells', topic: CELLS, tags: ['organelles'], explanation: 'Mitochondria and the Golgi apparatus are found in both.' },
    'Which of these are found in plant cells but not in animal cells?', ['a wall of cellulose', 'chloroplasts', 'a large central vacuole'], ['mitochondria', 'a Golgi apparatus']),
  ordering({ title: 'Order of mitosis', topic: CELLS, difficulty: 'easy', tags: ['mitosis'] },
    'Put the steps of a cell division in their order.', ['prophase', 'metaphase', 'anaphase', 'telophase', 'cytokinesis']),
  single({ title: 'Electron carriers', topic: CELLS, difficulty: 'hard', tags: ['metabolism'] },
    'Which molecule carries electrons from the citric acid cycle to the respiratory chain?', 'NADH', ['ATP', 'acetyl-CoA', 'pyruvate']),
  statement({ title: 'Same genes in every cell', topic: CELLS, tags: ['metabolism'], explanation: 'They hold the same genes; which of them are active differs.' },
    'In a human body the same genes are active in a nerve cell and in a liver cell.', false),
];

/** Questions about inheritance and its molecules. */
const GENETICS_QUESTIONS: readonly DemoQuestion[] = [
  single({ title: 'Recessive disease', topic: GENETICS, difficulty: 'easy', tags: ['inheritance'] },
    'Both parents carry one allele of a recessive disease and are healthy. How likely is it that their child is ill?', '1 in 4', ['1 in 2', '3 in 4', '1 in 8']),
  number({ title: 'Length of a protein', topic: GENETICS, difficulty: 'hard', tags: ['dna', 'calculation'], points: '1', explanation: '1 200 bases are 400 codons; the last one is the stop codon.' },
    'A coding sequence is 1 200 base pairs long, stop codon included. How many amino acids does the protein have?', '399', '0', ['400', '1200', '3600', '398']),
  multiple({ title: 'Meiosis and mitosis', topic: GENETICS, tags: ['meiosis'], points: '1' },
    'What happens in meiosis but not in mitosis?', ['homologous chromosomes pair', 'the number of chromosomes is halved'], ['the DNA is copied before the division', 'a spindle is formed', 'sister chromatids are separated']),
  word({ title: 'Okazaki fragments', topic: GENETICS, difficulty: 'hard', tags: ['dna'] },
    'Which enzyme joins the Okazaki fragments?', ['DNA ligase', 'ligase'], ['DNA polymerase', 'helicase', 'primase']),
  single({ title: 'Colour blindness', topic: GENETICS, tags: ['inheritance'] },
    'A colour-blind mother and a father with normal colour vision have children. Red-green blindness is X-linked and recessive. Which children are colour-blind?', 'all sons', ['half of the sons', 'all children', 'all daughters']),
  question({ title: 'Translation', topic: GENETICS, tags: ['dna'], points: '3' }, {
    type: 'cloze',
    text: plain('In translation [[carrier]] molecules bring amino acids to the [[place]], which begins to read at the codon [[start]].'),
    points: '3',
    options: {
      gaps: {
        carrier: { kind: 'text', width: 8 },
        place: { kind: 'choice', options: [{ id: 'a', text: plain('ribosome') }, { id: 'b', text: plain('nucleus') }, { id: 'c', text: plain('Golgi apparatus') }] },
        start: { kind: 'text', width: 5 },
      },
    },
    key: {
      gaps: {
        carrier: { accepted: [{ text: 'tRNA' }, { text: 'transfer RNA' }], matchCase: false, collapseSpaces: true },
        place: { optionId: 'a' },
        start: { accepted: [{ text: 'AUG' }], matchCase: false, collapseSpaces: true },
      },
    },
  }),
  essay({ title: 'Mitosis and meiosis', topic: GENETICS, tags: ['essay', 'meiosis'] },
    'Compare mitosis and meiosis: where they take place, what they are for, and how their daughter cells differ.', { minWords: 40, maxWords: 250 },
    'Names growth and gametes, two and four cells, diploid and haploid, identical and recombined.'),
];

/** Questions about bodies. */
const PHYSIOLOGY_QUESTIONS: readonly DemoQuestion[] = [
  number({ title: 'Cardiac output', topic: PHYSIOLOGY, tags: ['heart', 'calculation'], explanation: '70 beats of 80 mL are 5 600 mL a minute.' },
    'A heart beats 70 times a minute and drives out 80 mL with each beat. What is its output?', '5.6', '0.05', ['56', '0.875', '560'],
    [{ name: 'L/min', factor: '1' }, { name: 'mL/min', factor: '0.001' }]),
  multiple({ title: 'Cold', topic: PHYSIOLOGY, difficulty: 'easy', tags: ['temperature'] },
    'How does a human body answer to cold?', ['muscles shiver', 'vessels of the skin narrow', 'hairs stand up'], ['vessels of the skin widen', 'sweat is given off']),
  ordering({ title: 'Way of the air', topic: PHYSIOLOGY, difficulty: 'easy', tags: ['breathing'] },
    'Put the parts that a breath passes in their order.', ['nose', 'pharynx', 'larynx', 'trachea', 'bronchi', 'alveoli']),
  single({ title: 'Nephron', topic: PHYSIOLOGY, difficulty: 'hard', tags: ['kidney'] },
    'In which part of the nephron is most of the glucose taken back?', 'proximal tubule', ['loop of Henle', 'distal tubule', 'collecting duct']),
  statement({ title: 'Arteries', topic: PHYSIOLOGY, tags: ['heart'], explanation: 'The pulmonary arteries carry blood that is poor in oxygen.' },
    'Arteries always carry blood that is rich in oxygen.', false),
  essay({ title: 'Blood sugar', topic: PHYSIOLOGY, tags: ['essay', 'hormones'] },
    'Explain how the body keeps the glucose in the blood within bounds after a meal and during a night without food.', { minWords: 40, maxWords: 250 },
    'Names insulin and glucagon, their cells, the liver, and the negative feedback.'),
];

/** Questions about living together. */
const ECOLOGY_QUESTIONS: readonly DemoQuestion[] = [
  number({ title: 'Counting beetles', topic: ECOLOGY, difficulty: 'hard', tags: ['calculation'], explanation: 'Lincoln index: 40 times 50 divided by 8.' },
    '40 beetles are marked and set free. Of 50 that are caught later, 8 are marked. How many beetles live there?', '250', '0', ['320', '6.4', '90', '2000']),
  multiple({ title: 'Density', topic: ECOLOGY, tags: ['populations'] },
    'Which factors limit a population more strongly the denser it is?', ['competition for food', 'infectious disease', 'predators'], ['frost', 'a flood']),
  word({ title: 'Role of a species', topic: ECOLOGY, tags: ['populations'] },
    'What is the role of a species in its ecosystem called, all its demands included?', ['ecological niche', 'niche'], ['habitat', 'biotope', 'trophic level']),
  single({ title: 'Nitrogen', topic: ECOLOGY, difficulty: 'easy', tags: ['cycles'] },
    'Who turns the nitrogen of the air into ammonium?', 'certain bacteria', ['green plants', 'fungi', 'earthworms']),
  matching({ title: 'Living together', topic: ECOLOGY, difficulty: 'easy', tags: ['populations'] },
    'Match each relationship with its example.', [['mutualism', 'bee and flower'], ['parasitism', 'tick and deer'], ['predation', 'owl and mouse'], ['commensalism', 'barnacle and whale']]),
];

/** The questions that the teacher wrote in Holdfast. */
export const OWN_QUESTIONS: readonly DemoQuestion[] = [...CELL_QUESTIONS, ...GENETICS_QUESTIONS, ...PHYSIOLOGY_QUESTIONS, ...ECOLOGY_QUESTIONS];
