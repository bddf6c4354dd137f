interface ErrorDescription {
  name: string;
  message?: string;
  code?: string;
  stack?: string;
  cause?: ErrorDescription;
}

/** Of PostgreSQL, class 22: the message quotes the value that does not fit. */
const QUOTES_VALUES = /^22[0-9A-Z]{3}$/;

/**
 * What a log may say of an error, by an allow-list: name, message, code, and where it was thrown; of
 * the chain of causes (4 deep) only names and codes. A database error carries rows of people in its
 * further fields, and what a provider answered may name a booking: both stay out. A class whose
 * message must not be logged has a field `logsMessage` that is false.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, message: 'not an Error was thrown' };
  const named = nameAndCode(error);
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  const tellsMessage = mayLogMessage(error) && !QUOTES_VALUES.test(named.code ?? '');
  const cause = describeCause(error.cause, 4);
  return {
    ...named,
    ...(tellsMessage ? { message: error.message } : {}),
    ...(frames === undefined ? {} : { stack: frames.join('\n') }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function describeCause(cause: unknown, depth: number): ErrorDescription | undefined {
  if (!(cause instanceof Error) || depth === 0) return undefined;
  const further = describeCause(cause.cause, depth - 1);
  return { ...nameAndCode(cause), ...(further === undefined ? {} : { cause: further }) };
}

function nameAndCode(error: Error): { name: string; code?: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name: error.name, ...(code === undefined ? {} : { code }) };
}

/** An error whose words may quote a person, such as a provider's, says so itself. */
function mayLogMessage(error: Error): boolean {
  return !('logsMessage' in error && error.logsMessage === false);
}
