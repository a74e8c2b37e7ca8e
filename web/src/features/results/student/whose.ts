import { createContext, useContext } from 'solid-js';

const AsStaff = createContext(false);

/** Says to the answers below that somebody else than their student reads them. */
export const AsStaffProvider = AsStaff.Provider;

/** The texts that speak of an answer: to its student, or about the student. */
export function useWhose(): { readonly answer: 'yourAnswer' | 'theirAnswer'; readonly none: 'noAnswerGiven' | 'theirNone'; readonly places: 'markedPlaces' | 'theirPlaces' } {
  return useContext(AsStaff) ? { answer: 'theirAnswer', none: 'theirNone', places: 'theirPlaces' } : { answer: 'yourAnswer', none: 'noAnswerGiven', places: 'markedPlaces' };
}
