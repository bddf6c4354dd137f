/** What an operator can do about an error of the database, or null where it is not one of those. */
export function explainDatabaseTrouble(error: unknown): string | null {
  const code = codeOf(error);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
    case 'EAI_AGAIN':
      return `The database cannot be reached (${code}). Check DATABASE_URL, or run \`npm start\`.`;
    case '28P01':
    case '28000':
      return 'The database refuses the user or password of DATABASE_URL.';
    case '3D000':
      return 'The database of DATABASE_URL does not exist.';
    case '42P01':
    case '42703':
      return 'The database is older than this version: run `node db/migrate.ts`, or `npm start`.';
    default:
      return null;
  }
}

/** Of several addresses that were tried, the first one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
