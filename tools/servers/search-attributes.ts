/** What workflows can be searched by in Temporal, with the type of each. */
export const SEARCH_ATTRIBUTES = { ExamId: 'Keyword', StudentId: 'Keyword', RunKind: 'Keyword', ItemCount: 'Int' } as const;
