import { Command, InvalidArgumentError, Option } from 'commander';
import { loadOwnEnvFile } from '../runtime/load-env-file.ts';
import { OperatorError } from '../runtime/operator-error.ts';
import { isRunByNpm } from './config.ts';
import { DEMO_CALENDARS, MADE_UP_CALENDAR } from './demo-calendars.ts';
import type { DemoCalendar } from './demo-calendars.ts';
import { startSlotline } from './running.ts';
import type { StartedSlotline, StartOptions } from './running.ts';
import { StartError } from './start-error.ts';

/** npm hands a Ctrl-C on although the terminal has sent it already: the second one of a person comes later. */
const ONE_KEYSTROKE = 500;
const PARENT_LOOKED_FOR_EVERY = 500;

const command = new Command('slotline')
  .description('Starts Slotline on this machine and stops it with Ctrl-C.')
  .option('--dev', 'restart changed parts, serve the page with hot reload')
  .option('--port <number>', 'port of the page (default: PORT, or 3000)', parsePort)
  .option('--data-dir <folder>', 'where data, secrets and logs are kept (default: .slotline)')
  .option('--ephemeral', 'free ports for everything; without --data-dir the data is thrown away')
  .option('--rehearsal', 'use the rehearsal model although OPENAI_API_KEY is set')
  .addOption(
    new Option('--calendar <name>', 'what the demo agent books into')
      .choices(DEMO_CALENDARS)
      .default(MADE_UP_CALENDAR),
  )
  .option('--phone', 'take phone calls too: runs LiveKit SIP and Redis, with a demo number')
  .parse();
const chosen = command.opts<{
  dev?: true;
  port?: number;
  dataDir?: string;
  ephemeral?: true;
  rehearsal?: true;
  calendar: DemoCalendar;
  phone?: true;
}>();

const stopRequest = new AbortController();
let started: StartedSlotline | undefined;
let askedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stopRequest.signal.aborted) {
      askedAt = performance.now();
      console.log('\nStopping …');
      stopRequest.abort(new StartError('The start was stopped.'));
    } else if (performance.now() - askedAt > ONE_KEYSTROKE) {
      started?.kill();
    }
  });
}

// npm does not hand every signal on, and cannot hand on that it was killed: whoever started this
// through npm and ended npm means the whole. Without npm between, a parent that ends means nothing.
if (isRunByNpm(process.env)) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, PARENT_LOOKED_FOR_EVERY).unref();
}

// A reader that went away (`npm start | head`) must not end the supervisor before its parts.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    loadOwnEnvFile();
    const began = performance.now();
    started = await startSlotline({ ...toOptions(), signal: stopRequest.signal });
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    console.log(welcome(started, seconds));
  } catch (error) {
    if (stopRequest.signal.aborted) return 0;
    console.error(error instanceof OperatorError ? `✗ ${error.message}` : error);
    return 1;
  }
  const asked = new Promise<undefined>((resolve) => {
    if (stopRequest.signal.aborted) resolve(undefined);
    stopRequest.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const death = await Promise.race([started.died, asked]);
  if (death) console.error(`✗ ${death.message}\nStopping the rest …`);
  const began = performance.now();
  await started.stop();
  console.log(`Stopped in ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
  return death ? 1 : 0;
}

function toOptions(): StartOptions {
  return {
    report: (line) => console.log(line),
    dev: chosen.dev ?? false,
    ephemeral: chosen.ephemeral ?? false,
    rehearsal: chosen.rehearsal ?? false,
    calendar: chosen.calendar,
    phone: chosen.phone ?? false,
    ...(chosen.port === undefined ? {} : { port: chosen.port }),
    ...(chosen.dataDir === undefined ? {} : { dataDirectory: chosen.dataDir }),
  };
}

function welcome(running: StartedSlotline, seconds: string): string {
  return [
    '',
    `Ready in ${seconds} s. Open ${running.url}`,
    'Press the start button, allow the microphone and say: "I would like to book an appointment."',
    ...(running.rehearsal
      ? [
          'This is a rehearsal: a model on this machine hears English and talks about appointments only.',
          'Set OPENAI_API_KEY to talk with the real one.',
        ]
      : []),
    ...(running.phone
      ? [
          `By phone: dial sip:${running.phone.number}@127.0.0.1:${running.phone.sipPort} with a softphone on this machine,`,
          'or: npm run rehearse -- --line phone rehearsal/scenarios/books-by-voice.yaml',
        ]
      : []),
    ...(running.office === null
      ? []
      : [`The office, where you set it up and see every call: ${running.office}`]),
    'Ctrl-C stops everything.',
    '',
  ].join('\n');
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('It must be a number from 1 to 65535.');
}
