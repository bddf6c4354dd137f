/** What only some parts may know; each is handed on by name to the parts that need it. */
const SECRETS: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'LIVEKIT_URL',
  'LIVEKIT_KEYS',
  'LIVEKIT_CONFIG',
  'OPENAI_BASE_URL',
  'SLOTLINE_REHEARSAL',
  'SMTP_URL',
]);
/** Keys and passwords, those of calendars' providers too. */
const SECRET = /_(?:KEY|SECRET|PASSWORD)$/;

/** The environment of a part: the start's own without the secrets, and what this part is given. */
export function childEnvironment(
  environment: NodeJS.ProcessEnv,
  given: Record<string, string>,
): NodeJS.ProcessEnv {
  const open = Object.entries(environment).filter(
    ([name]) => !SECRETS.has(name) && !SECRET.test(name),
  );
  return { ...Object.fromEntries(open), ...given };
}
