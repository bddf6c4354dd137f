import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { dispose } from '@livekit/rtc-node';
import { Command, InvalidArgumentError, Option } from 'commander';

import { beginLibrary } from '../calls/livekit-library.ts';
import { readProviders } from '../calendar/providers.ts';
import { openDatabase } from '../db/database.ts';
import { DEMO_CALENDARS, MADE_UP_CALENDAR } from '../start/demo-calendars.ts';
import type { DemoCalendar } from '../start/demo-calendars.ts';
import { openParts } from './open-parts.ts';
import { findSpokenOnly, prepareSpeech, voiceOf } from './caller/speech.ts';
import { rehearse } from './rehearse.ts';
import type { Result } from './rehearse.ts';
import { countSentences, describeResult, summarize, tabulateHitRates } from './report.ts';
import { parseScenario, ScenarioError } from './scenario/scenario.ts';
import { VOICES } from './scenario/scenario-schema.ts';
import type { CallerVoice, Scenario } from './scenario/scenario-schema.ts';
import { openVoice } from './caller/voice.ts';

interface Options {
  json: boolean;
  line?: Scenario['line'];
  /** Each plays every scenario. */
  voice?: CallerVoice[];
  calendar: DemoCalendar;
  keep: boolean;
  text: boolean;
  times: number;
  concurrency: number;
  /** Seconds. */
  stagger: number;
  dataDir: string;
}

interface Entry {
  file: string;
  scenario: Scenario;
}

function notNegative(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('must be 0 or more');
  return value;
}

function atLeastOne(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError('write a whole number, 1 or more');
  }
  return number;
}

function oneMoreVoice(text: string, voices: CallerVoice[] = []): CallerVoice[] {
  const voice = VOICES.find((name) => name === text);
  if (voice === undefined) throw new InvalidArgumentError(`write one of ${VOICES.join(', ')}`);
  return [...voices, voice];
}

/** @throws ScenarioError with the problems of all files together, so that one run shows them all. */
async function readScenarios(
  files: readonly string[],
  { line, voice: voices = [] }: Pick<Options, 'line' | 'voice'>,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      const text = await readFile(file, 'utf8');
      for (const voice of voices.length === 0 ? [undefined] : voices) {
        entries.push({ file, scenario: parseScenario(text, file, { line, voice }) });
      }
    } catch (error) {
      if (error instanceof ScenarioError) {
        problems.push(...error.problems);
      } else if (error instanceof Error && 'code' in error) {
        problems.push(`${file}: cannot be read (${String(error.code)}); check the path`);
      } else {
        throw error;
      }
    }
  }
  if (problems.length > 0) {
    throw new ScenarioError(problems);
  }
  return entries;
}

/** A call that could not even be made, as a result among the others. */
function notPlayed({ file, scenario }: Entry, error: unknown, isSilent: boolean): Result {
  const detail = error instanceof Error ? error.message : String(error);
  return {
    name: scenario.name,
    file,
    voice: isSilent ? null : voiceOf(scenario),
    ok: false,
    steps: [],
    checks: [{ name: 'call made', ok: false, detail }],
    agentJoinedAfter: null,
    firstSoundAfter: null,
    durationMilliseconds: 0,
    folder: '',
  };
}

/** @throws ScenarioError that names each file which needs a voice, and why. */
function refuseSpokenOnly(entries: readonly Entry[]): void {
  const problems = entries.flatMap(({ file, scenario }) => {
    const reason = findSpokenOnly(scenario);
    return reason === undefined ? [] : [`${file}: cannot be played by text: ${reason}`];
  });
  if (problems.length > 0) throw new ScenarioError(problems);
}

async function play(files: readonly string[], options: Options): Promise<boolean> {
  const entries = await readScenarios(files, options);
  const progress = (text: string) => {
    if (!options.json) {
      console.log(text);
    }
  };
  if (options.text) refuseSpokenOnly(entries);
  const providers = readProviders(process.env);
  const voice = options.text ? null : openVoice();
  // A synthesis blocks this thread, and with it the microphones of calls that are going on.
  if (voice !== null) {
    for (const { scenario } of entries) await prepareSpeech(scenario, voice);
  }
  const parts = await openParts({
    dataDirectory: options.dataDir,
    progress,
    keep: options.keep,
    phone: entries.some(({ scenario }) => scenario.line === 'phone'),
    calendar: options.calendar,
  });
  const db = openDatabase({
    connectionString: parts.running.databaseUrl,
    applicationName: 'slotline-rehearsal',
    onLostConnection: () => undefined,
  });
  const results: Result[] = [];
  try {
    // From here on it keeps the process alive, until it is disposed of.
    await beginLibrary();
    const rounds = Array.from({ length: options.times }, () => entries).flat();
    const waiting = rounds.values();
    const caller = async (_: unknown, index: number) => {
      await pause(index * options.stagger * 1_000);
      for (const entry of waiting) {
        const result = await rehearse(entry.scenario, entry.file, {
          db,
          address: { ...parts.running, providers },
          voice,
          folder: join(options.dataDir, 'rehearsals'),
          keep: options.keep,
        }).catch((error: unknown) => notPlayed(entry, error, options.text));
        results.push(result);
        progress(`${describeResult(result)}\n`);
      }
    };
    await Promise.all(Array.from({ length: options.concurrency }, caller));
  } finally {
    await db.destroy();
    await parts.close();
    await dispose();
  }
  const failed = results.filter((result) => !result.ok).length;
  if (options.json) {
    const counts = { passed: results.length - failed, failed, ...countSentences(results) };
    console.log(JSON.stringify({ ...counts, results }, null, 2));
  } else {
    if (results.length > files.length) console.log(`${tabulateHitRates(results)}\n`);
    console.log(summarize(results));
  }
  return failed === 0;
}

/** Runs the command line; the exit code is 0 when every call passed, 1 when one failed, 2 when a file is bad. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  const command = new Command('rehearse')
    .description('Plays scenarios: calls in, speaks, listens, and grades what came of it.')
    .argument('<files...>', 'scenario files (YAML)')
    .option('--json', 'print one JSON document instead of tables', false)
    .addOption(
      new Option('--line <line>', 'play every scenario on this line').choices(['web', 'phone']),
    )
    .option(
      '--voice <voice>',
      'let every caller speak with this voice; several take turns (--voice rms --voice awb)',
      oneMoreVoice,
    )
    .addOption(
      new Option(
        '--calendar <calendar>',
        'what the agent front-desk of parts started here books into',
      )
        .choices(DEMO_CALENDARS)
        .default(MADE_UP_CALENDAR),
    )
    .option('--text', 'type what would be said: no sound, and a call takes seconds', false)
    .option('--keep', 'keep the data and logs of parts that were started for this run', false)
    .option('--concurrency <number>', 'calls at the same time', atLeastOne, 1)
    .option(
      '--times <number>',
      'rounds, with a table of how often each passed and repeated itself',
      atLeastOne,
      1,
    )
    .option('--stagger <seconds>', 'time between the first calls of several', notNegative, 0)
    .option('--data-dir <folder>', 'where running parts are found and recordings go', '.slotline')
    .action(async (files: string[], options: Options) => {
      process.exitCode = (await play(files, options)) ? 0 : 1;
    });
  try {
    await command.parseAsync([...argv]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof ScenarioError ? 2 : 1;
  }
}
