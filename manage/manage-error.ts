/**
 * `invalid`: what was given cannot be used. `missing`: there is no such thing. `taken`: somebody has it.
 * `in_use`: other things need it.
 * `refused`: the calendar does not do it. `unreachable`: it cannot be asked now, and nothing was done.
 * `forbidden`: not for this role. `last_owner`: there would be none left.
 * `too_many`: not so often, or not so many at once. `unavailable`: something else does not answer now.
 */
export type ManageFault =
  | 'invalid'
  | 'missing'
  | 'taken'
  | 'in_use'
  | 'refused'
  | 'unreachable'
  | 'forbidden'
  | 'last_owner'
  | 'too_many'
  | 'unavailable';

/** What an operator asked cannot be done; the message says what to do instead. */
export class ManageError extends Error {
  override readonly name = 'ManageError';
  /** The field at fault, as the function that was called names it; null where none is. */
  readonly field: string | null;
  readonly fault: ManageFault;

  constructor(
    message: string,
    options: ErrorOptions & { field?: string; fault?: ManageFault } = {},
  ) {
    super(message, options);
    this.field = options.field ?? null;
    this.fault = options.fault ?? 'invalid';
  }
}
