import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { loadOwnEnvFile } from '../runtime/load-env-file.ts';
import { OperatorError } from '../runtime/operator-error.ts';
import { readRunning } from '../runtime/running/running-file.ts';
import type { Running } from '../runtime/running/running-file.ts';
import { startSlotline } from './running.ts';
import { loadSecrets } from './secrets.ts';
import { childEnvironment } from './child-environment.ts';
import { readStartConfig } from './config.ts';
import { consoleSteps } from './steps.ts';

// `npm run console`: the receptionist by typing. Uses the parts that run already, or starts the
// database and the model alone: LiveKit and a microphone are not needed.
const DATA_DIRECTORY = '.slotline';

const [slug] = new Command('npm run console --')
  .description(
    'Talks with the receptionist by typing. Ctrl-D, or the end of a pipe, ends the call.',
  )
  .argument(
    '[agent]',
    'whom to call, by its slug: `npm run slotline -- agents list` names them',
    'front-desk',
  )
  .addHelpText('after', '\nAn agent that does not exist is answered with those that do.')
  .parse().processedArgs as [string];

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof OperatorError ? `✗ ${error.message}` : error);
  return 1;
});

async function run(): Promise<number> {
  loadOwnEnvFile();
  const running = await readRunning(DATA_DIRECTORY);
  if (running) return talk(running);
  const started = await startSlotline({
    dataDirectory: DATA_DIRECTORY,
    // Nobody needs to know the ports, so none can be taken.
    ephemeral: true,
    report: (line) => console.log(line),
    steps: consoleSteps,
  });
  try {
    return await talk(started);
  } finally {
    await started.stop();
  }
}

/** Runs the console on this terminal until the call is over. */
async function talk(running: Running): Promise<number> {
  // A Ctrl-C ends the call, and then the parts in order.
  process.on('SIGINT', () => {});
  const { rehearsalApiKey } = await loadSecrets(DATA_DIRECTORY);
  const { openaiApiKey, openaiBaseUrl } = readStartConfig(process.env);
  const environment = childEnvironment(process.env, {
    DATABASE_URL: running.databaseUrl,
    SLOTLINE_MASTER_KEY: running.masterKey,
    SLOTLINE_REHEARSAL: running.rehearsal ? '1' : '0',
    OPENAI_API_KEY: running.rehearsal ? rehearsalApiKey : (openaiApiKey ?? ''),
    OPENAI_BASE_URL: running.openaiBaseUrl ?? openaiBaseUrl ?? '',
  });
  const child = spawn(process.execPath, ['agent/console.ts', slug], {
    cwd: dirname(import.meta.dirname),
    env: environment,
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
