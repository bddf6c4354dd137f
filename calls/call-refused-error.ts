/** What a caller can hear whose call is refused, from a recording: `agent/prepared/`. */
export type SpokenRefusal =
  | 'not-in-service'
  | 'lines-busy'
  | 'caller-blocked'
  | 'called-too-often'
  | 'calls-open';

/** The call cannot be served; the message is for the operator, and says what to do. */
export class CallRefusedError extends Error {
  override readonly name = 'CallRefusedError';
  /** What the caller hears; null for the usual apology. */
  readonly spoken: SpokenRefusal | null;
  /** BCP 47: the agent's, where it is known. */
  readonly language: string | null;

  constructor(
    message: string,
    options: ErrorOptions & { spoken?: SpokenRefusal | null; language?: string } = {},
  ) {
    super(message, options);
    this.spoken = options.spoken ?? null;
    this.language = options.language ?? null;
  }
}
