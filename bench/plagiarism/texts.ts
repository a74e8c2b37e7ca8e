import { createRandom, type Random } from './random.ts';

/** How a text came about, after the levels of the corpus. @source Clough and Stevenson (2011), Developing a corpus of plagiarised short answers, section 3 */
export const LEVELS = ['near copy', 'light revision', 'heavy revision'] as const;
export type Level = (typeof LEVELS)[number];

/** Essays of a class about one question, with what was planted. */
export interface SimulatedTexts {
  readonly texts: readonly string[];
  readonly planted: readonly { readonly copier: number; readonly source: number; readonly level: Level; readonly share: number }[];
  /** The text that everybody was given. */
  readonly material: string;
}

/** What is simulated. */
export interface TextSimulation {
  readonly seed: number;
  readonly students: number;
  /** Copiers for each level. */
  readonly copiers: number;
  /** Share of the copier's sentences that come from the source. */
  readonly share: number;
  /** Share of the students who quote sentences of the material. */
  readonly quoting: number;
}

/** A thing that can be said, with the words for it from usual to rare. */
type Concept = readonly string[];
/** A sentence with the concepts it is made of, so that it can be said again. */
interface Sentence {
  readonly concepts: readonly Concept[];
  readonly words: readonly string[];
}

const FUNCTION_WORDS = 'the of and to in a is that it for as with on are this by which be from or an at can more not than its their when also has these they so such into because while there other one most if but between each only through does was been was then may some about over both after during where would how'.split(' ');
const SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi zo ka pre stra qui lon mer tan vor dis con'.split(' ');
const FACTS = 40;

/** Essays of people who write alone about the same facts, each in words of their own, and of some who rework the text of somebody else. */
export function simulateTexts({ seed, students, copiers, share, quoting }: TextSimulation): SimulatedTexts {
  const random = createRandom(seed);
  const topic = Array.from({ length: 90 }, () => conceptOf(random));
  const rare = Array.from({ length: 900 }, () => conceptOf(random));
  const facts = Array.from({ length: FACTS }, () => Array.from({ length: 5 + random.below(4) }, (_, at) => (at < 3 ? topic[Math.floor(topic.length * random.uniform() ** 2)]! : rare[random.below(rare.length)]!)));
  const material = facts.slice(0, 12).map((fact) => say(fact, random));
  const essays = Array.from({ length: students }, () => {
    const known = facts.map((fact, at) => ({ fact, at: at + 6 * random.uniform() })).filter(() => random.uniform() < 0.42).sort((left, right) => left.at - right.at);
    const own = known.map(({ fact }) => say([...fact, ...(random.uniform() < 0.5 ? [rare[random.below(rare.length)]!] : [])], random));
    if (random.uniform() < quoting) own.splice(random.below(own.length + 1), 0, ...random.shuffled(material).slice(0, 2));
    return own;
  });
  const planted: SimulatedTexts['planted'][number][] = [];
  const free = random.shuffled(essays.map((_, student) => student));
  for (const level of LEVELS) {
    for (let made = 0; made < copiers; made += 1) {
      const copier = free.pop();
      const source = free.pop();
      if (copier === undefined || source === undefined) break;
      const taken = Math.max(1, Math.round(share * essays[source]!.length));
      const from = random.below(essays[source]!.length - taken + 1);
      const reworked = essays[source]!.slice(from, from + taken).map((sentence) => rework(sentence, level, random));
      const own = essays[copier]!.slice(0, Math.round((1 - share) * essays[copier]!.length));
      own.splice(random.below(own.length + 1), 0, ...(level === 'heavy revision' ? random.shuffled(reworked) : reworked));
      essays[copier] = own;
      planted.push({ copier, source, level, share });
    }
  }
  return { texts: essays.map(textOf), planted, material: textOf(material) };
}

/** A concept has a usual word and rarer ones. */
function conceptOf(random: Random): Concept {
  const word = (): string => Array.from({ length: 2 + random.below(3) }, () => SYLLABLES[random.below(SYLLABLES.length)]).join('');
  return Array.from({ length: 1 + random.below(4) }, word);
}

function wordOf(concept: Concept, random: Random): string {
  return concept[Math.min(concept.length - 1, Math.floor(-Math.log(1 - random.uniform()) * 0.9))]!;
}

function functionWord(random: Random): string {
  return FUNCTION_WORDS[Math.floor(FUNCTION_WORDS.length * random.uniform() ** 2)]!;
}

/** Says something in words of one's own: function words between the concepts, two neighbours now and then the other way round. */
function say(concepts: readonly Concept[], random: Random): Sentence {
  const order = [...concepts];
  for (let at = 1; at < order.length; at += 1) if (random.uniform() < 0.3) [order[at - 1], order[at]] = [order[at]!, order[at - 1]!];
  const words = order.flatMap((concept) => [...Array.from({ length: random.below(3) }, () => functionWord(random)), wordOf(concept, random)]);
  return { concepts: order, words };
}

function rework(sentence: Sentence, level: Level, random: Random): Sentence {
  if (level === 'near copy') return { ...sentence, words: sentence.words.map((word) => (random.uniform() < 0.04 ? functionWord(random) : word)) };
  if (level === 'light revision') {
    const other = (word: string): string => {
      const concept = sentence.concepts.find((words) => words.includes(word));
      if (concept !== undefined) return random.uniform() < 0.25 ? wordOf(concept, random) : word;
      return random.uniform() < 0.25 ? functionWord(random) : word;
    };
    return { ...sentence, words: sentence.words.filter(() => random.uniform() > 0.06).map(other) };
  }
  // said again, but most of the chosen words and much of the order stay in the ear
  const again = say(sentence.concepts, random);
  const heard = new Set(sentence.words);
  return {
    ...again,
    words: again.words.map((word) => {
      const concept = sentence.concepts.find((words) => words.includes(word));
      return concept !== undefined && random.uniform() < 0.6 ? (concept.find((one) => heard.has(one)) ?? word) : word;
    }),
  };
}

function textOf(sentences: readonly Sentence[]): string {
  return sentences.map(({ words }) => `${words.join(' ').replace(/^./, (first) => first.toUpperCase())}.`).join(' ');
}
