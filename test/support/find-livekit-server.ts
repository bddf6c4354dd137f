import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getLivekitBinary } from '../../start/livekit-binary.ts';

const TEN_MINUTES = 600_000;

/**
 * The LiveKit server that `npm start` would use, fetched or built as it would do it; null where it
 * cannot be had, and a line says what to do.
 */
export async function findLivekitServer(): Promise<string | null> {
  const cacheHome = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  try {
    const { path } = await getLivekitBinary({
      chosen: process.env['LIVEKIT_SERVER_BIN'] || undefined,
      environment: process.env,
      caches: [join(cacheHome, 'slotline'), join(import.meta.dirname, '../../.slotline/bin')],
      report: (line) => process.stderr.write(`${line}\n`),
      signal: AbortSignal.timeout(TEN_MINUTES),
      async runToEnd(command) {
        await promisify(execFile)(command.file, command.arguments, { env: command.environment });
      },
    });
    return path;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${reason}\nWithout LiveKit server the tests that call are skipped.\n`);
    return null;
  }
}
