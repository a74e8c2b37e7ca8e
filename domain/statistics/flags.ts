/** What makes an item worth a second look. */
export type ItemFlag =
  | 'negative-discrimination'
  | 'low-discrimination'
  | 'too-easy'
  | 'too-hard'
  | 'often-omitted'
  | 'distractor-unused'
  | 'distractor-beats-key';
