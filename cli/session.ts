import type { RecordingPlaces } from '../calls/recordings/open-store.ts';
import type { CalendarProvider } from '../calendar/provider.ts';
import type { HowToGiveKey, ReadKey } from '../manage/connection-wish.ts';
import type { ManageParts } from '../manage/manage-parts.ts';
import type { LivekitAccess } from '../manage/sync-numbers.ts';
import { chooseOrganization } from '../manage/organizations.ts';
import { openDatabase } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { parseMasterKey } from '../runtime/master-key.ts';
import { settledWithin } from '../runtime/within.ts';
import { CommandLineConfigError, readCommandLineConfig } from './config.ts';
import type { CommandLineConfig } from './config.ts';
import type { Output } from './output.ts';
import { readKey } from './read-key.ts';
import type { KeyInput } from './read-key.ts';

/** What every command may be given before and after its name. */
export interface CommonOptions {
  json: boolean;
  organization?: string;
  dataDir: string;
}

/** What one command works with; the database is closed when it ends. */
export interface Session {
  db: Database;
  now: () => Date;
  providers: readonly CalendarProvider[];
  /** @throws {ManageError} */
  organizationId: () => Promise<string>;
  /** @throws {CommandLineConfigError} there is no master key */
  parts: () => ManageParts;
  /** A calendar's key, from its variable or standard input, if any; never printed from then on. */
  readKey: ReadKey;
  /** @throws {CommandLineConfigError} there is no master key */
  masterKey: () => Buffer;
  howToGiveKey: HowToGiveKey;
  /** A variable of the environment that holds no secret; null where it is not set. */
  readVariable: (name: string) => string | null;
  /** One that does; never printed from then on. */
  readSecret: (variable: string) => string | null;
  /** A trunk's password, from `SIP_PASSWORD` or standard input, if any; never printed from then on. */
  readPassword: () => Promise<string | null>;
  howToGivePassword: string;
  /** @throws {CommandLineConfigError} it is not known where LiveKit is */
  livekit: () => LivekitAccess;
  /** Undefined where no place for recordings is named. */
  recordings: RecordingPlaces | undefined;
  /** @throws {CommandLineConfigError} it is not known where the office is */
  officeUrl: () => string;
  /** Whether one JSON document is asked for. */
  isJson: boolean;
  /** For people who wait; nothing under `--json`. */
  progress: (line: string) => void;
}

export interface SessionParts {
  /** Every provider of calendars there is. */
  providers: readonly CalendarProvider[];
  environment: NodeJS.ProcessEnv;
  input: KeyInput;
  output: Output;
  now: () => Date;
}

/** Runs the work with a session and closes it. */
export async function withSession<T>(
  parts: SessionParts,
  options: CommonOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { output, now } = parts;
  const config = await readCommandLineConfig(parts.environment, options.dataDir, parts.providers);
  hideSecrets(output, config);
  const db = openDatabase({
    connectionString: config.databaseUrl,
    maxConnections: 2,
    applicationName: 'slotline-cli',
    onLostConnection: () => undefined,
  });
  try {
    return await work({
      db,
      now,
      providers: parts.providers,
      organizationId: async () => (await chooseOrganization(db, options.organization)).id,
      parts: () => ({
        db,
        now,
        masterKey: readMasterKey(config),
        providers: config.providers,
        model: config.model,
        recordings: config.recordings,
      }),
      recordings: config.recordings,
      async readKey({ variable }) {
        const key = await readKey(
          config.calendarKeys[variable] ?? null,
          parts.input,
          'API key (not shown; Enter keeps a stored one)',
        );
        output.hide(key);
        return key;
      },
      howToGiveKey: ({ variable }) =>
        `set ${variable}, or give the key on standard input, such as \`… < key.txt\``,
      masterKey: () => readMasterKey(config),
      readVariable: (name) => parts.environment[name]?.trim() || null,
      readSecret(variable) {
        const secret = parts.environment[variable]?.trim() || null;
        output.hide(secret);
        return secret;
      },
      howToGivePassword:
        'set SIP_PASSWORD, or give the password on standard input, such as `… < password.txt`',
      async readPassword() {
        const password = await readKey(config.sipPassword, parts.input, 'SIP password (not shown)');
        output.hide(password);
        return password;
      },
      livekit: () => requireLivekit(config),
      officeUrl: () => requireOffice(config),
      isJson: options.json,
      progress: (line) => {
        if (!options.json) output.line(line);
      },
    });
  } finally {
    // A database that hangs must not keep a finished command from ending.
    await settledWithin(2_000, db.destroy());
  }
}

function hideSecrets(output: Output, config: CommandLineConfig): void {
  output.hide(config.masterKey);
  for (const key of Object.values(config.calendarKeys)) output.hide(key);
  for (const [name, value] of Object.entries(config.providers.environment)) {
    if (name.endsWith('_SECRET') && typeof value === 'string') output.hide(value);
  }
  output.hide(config.sipPassword);
  output.hide(config.livekit?.apiSecret);
  output.hide(config.model?.apiKey);
  // As part of an address: alone it may be an ordinary word, which would be blotted out.
  const { username, password } = URL.parse(config.databaseUrl) ?? {};
  if (password) output.hide(`${username}:${password}@`);
}

function readMasterKey({ masterKey }: CommandLineConfig): Buffer {
  if (masterKey !== null) return parseMasterKey(masterKey);
  throw new CommandLineConfigError(
    'SLOTLINE_MASTER_KEY is not set: it seals and opens the keys of calendars and the passwords of trunks. Set it to the key of the ' +
      'other processes of this database, also in .env.',
  );
}

function requireLivekit({ livekit }: CommandLineConfig): LivekitAccess {
  if (livekit) return livekit;
  throw new CommandLineConfigError(
    'It is not known where LiveKit is: run `npm start -- --phone`, or set LIVEKIT_URL, LIVEKIT_API_KEY and ' +
      'LIVEKIT_API_SECRET, also in .env.',
  );
}

function requireOffice({ officeUrl }: CommandLineConfig): string {
  if (officeUrl !== null) return officeUrl;
  throw new CommandLineConfigError(
    'It is not known where the office is: run `npm start`, or set OFFICE_URL to the address that people reach it at, also in .env.',
  );
}
