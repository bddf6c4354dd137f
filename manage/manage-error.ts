/** What an operator asked cannot be done; the message says what to do instead. */
export class ManageError extends Error {
  override readonly name = 'ManageError';
  /** The field at fault, as the function that was called names it; null where none is. */
  readonly field: string | null;

  constructor(message: string, options: ErrorOptions & { field?: string } = {}) {
    super(message, options);
    this.field = options.field ?? null;
  }
}
