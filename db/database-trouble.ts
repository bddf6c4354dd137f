/** Of an error of pg's own, which has no code. */
const LOST = 'lost';

/** Whether the database is not reached for a while: it restarts, fails over or ended the connection. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code === LOST ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'].includes(code) ||
    // 08: connection exceptions. 57P0: a server that stops, crashed or starts. 25006: a server that
    // takes no writes, until the address leads to the new one.
    /^(08(?!P01)...|57P0[123]|25006)$/.test(code)
  );
}

/** Whether a write met a value that a constraint allows once. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === '23505';
}

/** Whether a change gave way to others that hold what it needs; undone, and good to be tried again. */
export function isHeldUp(error: unknown): boolean {
  // A lock that did not come in time, and two that waited for each other.
  return ['55P03', '40P01'].includes(codeOf(error));
}

/** Whether a statement took longer than it may. */
export function isOutOfTime(error: unknown): boolean {
  return codeOf(error) === '57014';
}

/** Whether a row is not deleted since others name it. */
export function isStillNamed(error: unknown): boolean {
  return codeOf(error) === '23503';
}

/** Whether the server has no database of that name, or not yet. */
export function isMissingDatabase(error: unknown): boolean {
  return codeOf(error) === '3D000';
}

/** What an operator can do about an error of the database, or null where it is not one of those. */
export function explainDatabaseTrouble(error: unknown): string | null {
  const code = codeOf(error);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
    case 'EAI_AGAIN':
      return `The database cannot be reached (${code}). Check DATABASE_URL; without it \`npm start\` brings a database.`;
    case 'ECONNRESET':
    case '57P01':
    case '57P02':
    case LOST:
      return 'The database ended the connection: try again.';
    case '25006':
      return 'The database takes no writes: let DATABASE_URL lead to the primary server, or try again when the fail-over is done.';
    case '57P03':
      return 'The database is starting or stopping: try again in a moment.';
    case '08P01':
      return 'A pooler refuses how Slotline connects: let DATABASE_URL lead to PostgreSQL itself.';
    case '28P01':
    case '28000':
      return 'The database refuses the user or password of DATABASE_URL: correct them there.';
    case '3D000':
      return 'The database of DATABASE_URL does not exist: make it with `createdb`, or correct the name behind the last slash.';
    case '42P01':
    case '42703':
      return 'The database is older than this version: run `node db/migrate.ts`, or `npm start`.';
    case '42501':
    case '3F000':
      return 'The user of DATABASE_URL may not use the tables of Slotline, or its search_path leads to another schema: name their owner there, or grant it the rights.';
    case 'ENOENT':
    case 'EACCES':
    case 'EISDIR':
      return isReading(error)
        ? `A file that DATABASE_URL names, such as its sslrootcert, cannot be read (${code}): correct the path there.`
        : null;
    default:
      return explainWords(error);
  }
}

/** pg reads the certificates that an address names, and pg's own errors have no code. */
function isReading(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall !== 'connect';
}

function explainWords(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error.message.startsWith('The server does not support SSL connections')) {
    return 'The database speaks no TLS: take sslmode out of DATABASE_URL, or turn TLS on at the server.';
  }
  if (/^SASL: .*client password must be a (?:non-empty )?string/.test(error.message)) {
    return 'The database asks for a password: name it in DATABASE_URL.';
  }
  return null;
}

/** Of several addresses that were tried, the first one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return '';
  if ('code' in error) return String(error.code);
  return /^(Connection terminated|Query read timeout|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
    error.message,
  )
    ? LOST
    : '';
}
