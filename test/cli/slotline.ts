import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { PROVIDERS } from '../../calendar/providers.ts';
import { runSlotline } from '../../cli/run-slotline.ts';
import { CLOCK_VARIABLES, MACHINE_CLOCK } from '../support/test-clock.ts';

export const MASTER_KEY = randomBytes(32).toString('base64');

export interface Ran {
  exitCode: number;
  output: string;
  errors: string;
  /** What `--json` printed. */
  json: unknown;
}

export interface CommandLine {
  /** Runs in this process, with `--json` when it is among the arguments. */
  run: (...given: string[]) => Promise<Ran>;
  /** Runs `node cli/main.ts` as a process of its own. */
  runAsProcess: (...given: string[]) => Promise<Ran>;
  /** What standard input gives to the next runs. */
  input: string;
  now: () => Date;
  environment: NodeJS.ProcessEnv;
  /** Must be in no output. */
  canaries: Set<string>;
}

/** The command line on a test's database. No run may print a canary. */
export function createCommandLine(databaseUrl: () => string): CommandLine {
  const line: CommandLine = {
    input: '',
    now: MACHINE_CLOCK.now,
    environment: { SLOTLINE_MASTER_KEY: MASTER_KEY },
    canaries: new Set([MASTER_KEY]),
    async run(...given) {
      let output = '';
      let errors = '';
      const exitCode = await runSlotline(given, {
        environment: { DATABASE_URL: databaseUrl(), ...line.environment },
        providers: PROVIDERS,
        input: Readable.from([Buffer.from(line.input)]),
        write: (text) => {
          output += text;
        },
        writeError: (text) => {
          errors += text;
        },
        now: () => line.now(),
      });
      return check(line, given, { exitCode, output, errors });
    },
    async runAsProcess(...given) {
      const main = join(import.meta.dirname, '../../cli/main.ts');
      const ran = Promise.withResolvers<Omit<Ran, 'json'>>();
      const child = execFile(
        process.execPath,
        [main, ...given],
        { env: { ...CLOCK_VARIABLES, DATABASE_URL: databaseUrl(), ...line.environment } },
        (_error, output, errors) => {
          ran.resolve({ exitCode: child.exitCode ?? -1, output, errors });
        },
      );
      child.stdin?.end(line.input);
      return check(line, given, await ran.promise);
    },
  };
  return line;
}

function check(line: CommandLine, given: readonly string[], ran: Omit<Ran, 'json'>): Ran {
  for (const canary of line.canaries) expect(ran.output + ran.errors).not.toContain(canary);
  return { ...ran, json: given.includes('--json') ? (JSON.parse(ran.output) as unknown) : null };
}
