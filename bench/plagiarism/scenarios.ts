import { type Simulation, USUAL } from './simulate.ts';

/** Classes that scans are measured with. */
export const SCENARIOS: readonly (readonly [string, Simulation])[] = [
  ['nominal', USUAL],
  ['2PL', { ...USUAL, model: '2pl' }],
  ['3PL', { ...USUAL, model: '3pl' }],
  ['strong source', { ...USUAL, source: 'strong', copiers: 40 }],
  ['stretches', { ...USUAL, pattern: 'block' }],
  ['groups of 4', { ...USUAL, group: 3 }],
  ['true/false', { ...USUAL, options: 2, model: '2pl' }],
  ['20 items', { ...USUAL, items: 20 }],
  ['100 items', { ...USUAL, items: 100 }],
  ['15 % blank', { ...USUAL, blank: 0.15 }],
  ['20 classrooms', { ...USUAL, classrooms: 20 }],
  ['60 students', { ...USUAL, students: 60, copiers: 3 }],
];
