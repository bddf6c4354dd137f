/** A scenario that the running parts cannot serve; the message says what to do. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}
