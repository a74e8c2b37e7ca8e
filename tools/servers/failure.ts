/** A condition that a person can do something about: its message is one clear sentence and is shown without a stack. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
