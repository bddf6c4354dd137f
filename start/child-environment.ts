/** What only some parts may know; each is handed on by name to the parts that need it. */
const SECRETS = [
  'DATABASE_URL',
  'LIVEKIT_URL',
  'LIVEKIT_API_KEY',
  'LIVEKIT_API_SECRET',
  'LIVEKIT_KEYS',
  'LIVEKIT_CONFIG',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'SLOTLINE_MASTER_KEY',
  'SLOTLINE_REHEARSAL',
  'REHEARSAL_API_KEY',
  'POSTGRES_PASSWORD',
  'SMTP_URL',
  'CAL_KEY',
  'SIP_PASSWORD',
] as const;

/** The environment of a part: the start's own without the secrets, and what this part is given. */
export function childEnvironment(
  environment: NodeJS.ProcessEnv,
  given: Record<string, string>,
): NodeJS.ProcessEnv {
  const secrets: ReadonlySet<string> = new Set(SECRETS);
  const open = Object.entries(environment).filter(([name]) => !secrets.has(name));
  return { ...Object.fromEntries(open), ...given };
}
