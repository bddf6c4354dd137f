/** The call cannot be served; the message is for the operator, and says what to do. */
export class CallRefusedError extends Error {
  override readonly name = 'CallRefusedError';
  /** What the caller hears; null for the usual apology. */
  readonly sentence: string | null;

  constructor(message: string, options: ErrorOptions & { sentence?: string } = {}) {
    super(message, options);
    this.sentence = options.sentence ?? null;
  }
}
