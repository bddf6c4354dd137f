import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { ListedCall } from '../../db/calls/list-calls.ts';
import {
  CALL_LINES,
  CALL_OUTCOMES,
  listCalls,
  TRUTH_FILTERS,
} from '../../manage/calls/list-calls.ts';
import type { CallsInput } from '../../manage/calls/list-calls.ts';
import { CALL_COLUMNS, toCallRecord } from '../../manage/calls/call-records.ts';
import { copyRecordings } from '../../manage/calls/copy-recordings.ts';
import { showCall } from '../../manage/calls/show-call.ts';
import { toScenario } from '../../manage/calls/to-scenario.ts';
import { ManageError } from '../../manage/manage-error.ts';
import type { Act, Answer } from '../act.ts';
import { describeCost, describeTruth, lengthOf, tellCall } from '../call-story.ts';
import { formatCsv } from '../../manage/csv.ts';
import { toInstant, toNumber } from '../option-values.ts';
import { formatScenario } from '../../manage/calls/scenario-file.ts';
import type { Session } from '../session.ts';
import { formatTable } from '../table.ts';

interface Filter {
  agent?: string;
  outcome?: string;
  line?: string;
  truth?: string;
  number?: string;
  text?: string;
  from?: Date;
  to?: Date;
  rehearsals?: true;
  showPersonal?: true;
}

/** Calls that an export reads at a time. */
const PAGE = 200;

/** `slotline calls …` */
export function addCallCommands(program: Command, act: Act): void {
  const group = program
    .command('calls')
    .description('what was said and done in calls, how long it took and what it cost')
    .addHelpText('after', FORGET);
  withFilter(group.command('list').description('list calls, newest first'))
    .option('--limit <number>', 'how many at most (default: 50)', toNumber)
    .option('--cursor <cursor>', 'go on after a page: what it ended with')
    .action(
      act(async ({ db, organizationId }, options: Filter & { limit?: number; cursor?: string }) => {
        const { limit, cursor, showPersonal = false } = options;
        const input = { ...toInput(options), limit, cursor };
        const page = await listCalls(db, await organizationId(), input, { showPersonal });
        const rows = page.calls.map((call) => toRow(call, options.rehearsals === true));
        const table = formatTable(rows, 'There is no call.');
        const more = page.next === null ? '' : `\nMore: --cursor ${page.next}`;
        return { json: page, text: `${table}${more}` };
      }),
    );
  group
    .command('show')
    .description('tell a call from beginning to end')
    .argument('<id>', 'as `calls list` shows it')
    .option('--show-personal', 'show names, addresses and numbers instead of made-up ones')
    .addHelpText('after', STAND_INS)
    .action(
      act(async ({ db, organizationId }, options: Filter, id) => {
        const { showPersonal = false } = options;
        const call = await showCall(db, await organizationId(), { id }, { showPersonal });
        return { json: call, text: tellCall(call) };
      }),
    );
  withFilter(
    group
      .command('export')
      .description('write whole calls, one JSON document a line, newest first'),
  )
    .option('--csv', 'the list instead, as CSV')
    .option(
      '--with-recording <folder>',
      'write recordings there, as CALL-1.wav; the callers’ own voices',
    )
    .addHelpText('after', STAND_INS)
    .action(
      act((session, options: Filter & { csv?: true; withRecording?: string }) =>
        options.csv ? exportList(session, options) : exportCalls(session, options),
      ),
    );
  group
    .command('to-scenario')
    .description('make of a call a scenario that `npm run rehearse` plays')
    .argument('<id>', 'as `calls list` shows it')
    .option(
      '--output <file>',
      'write it there instead of printing it, with what the caller said where it was recorded',
    )
    .option('--words-only', 'leave the recording alone')
    .addHelpText('after', SCENARIO)
    .action(
      act(async (session, options: { output?: string; wordsOnly?: true }, id) => {
        const { db, providers, organizationId, recordings } = session;
        const { output, wordsOnly } = options;
        const soundFolder =
          output === undefined || wordsOnly ? null : `${parse(output).name}-sounds`;
        const parts = { db, providers, store: recordings?.store };
        const made = await toScenario(parts, await organizationId(), { id }, { soundFolder });
        const { sounds, ...scenario } = made;
        const text = formatScenario(made);
        if (output === undefined) return { json: scenario, text: text.trimEnd() };
        await writeNew(output, text);
        for (const { file, wave } of sounds) {
          const path = join(dirname(output), file);
          await mkdir(dirname(path), { recursive: true });
          await writeNew(path, wave);
        }
        const how = sounds.length === 0 ? '--text ' : '';
        const said = `Wrote ${output}${sounds.length === 0 ? '' : `, and ${sounds.length} sound(s) beside it`}. Read it before you share it, then: npm run rehearse -- ${how}${output}`;
        return {
          json: { output, sounds: sounds.map(({ file }) => file), ...scenario },
          text: said,
        };
      }),
    );
}

const FORGET = `
To forget a person's calls at once: \`slotline forget NUMBER-OR-ADDRESS\`; how long what was said is
kept: \`slotline retention\`.`;
const STAND_INS = `
Without --show-personal made-up names, addresses and numbers stand in place of those that are known
from bookings, messages and tools. What was said and never understood as a name is shown as it is.`;
const SCENARIO = `
Words, tools, faults and the clock are the call's; names, addresses and numbers are made up, each
always the same. What is expected is what happened: of a call that went wrong, write what should have.
The free times of a calendar that is not made up are not known: others will be offered.
Of a call that was recorded, --output writes what the caller said as sounds beside the scenario, but for
turns in which something was made up.`;

function withFilter(command: Command): Command {
  return command
    .option('--agent <slug>', 'only those of this agent')
    .addOption(new Option('--outcome <outcome>', 'only those with it').choices(CALL_OUTCOMES))
    .addOption(new Option('--line <line>', 'only those on it').choices(CALL_LINES))
    .addOption(
      new Option(
        '--truth <mark>',
        'only those with a false sentence that was so, or with none',
      ).choices(TRUTH_FILTERS),
    )
    .option('--number <number>', 'only those of this caller; the last digits are enough')
    .option('--text <words>', 'only those in which they were said')
    .option('--from <date>', 'that began then or later', toInstant)
    .option('--to <date>', 'that began before', toInstant)
    .option('--rehearsals', 'rehearsals too')
    .option('--show-personal', 'show names, addresses and numbers');
}

function toInput(filter: Filter): CallsInput {
  const { agent, outcome, line, truth, number, text, from, to, rehearsals } = filter;
  return { agent, outcome, line, truth, number, text, from, to, rehearsals };
}

/** Every page of the list, one after the other. */
async function* pagesOf(
  { db, organizationId }: Session,
  options: Filter,
): AsyncGenerator<ListedCall[]> {
  const organization = await organizationId();
  const { showPersonal = false } = options;
  let cursor: string | undefined;
  do {
    const input = { ...toInput(options), limit: PAGE, cursor };
    const page = await listCalls(db, organization, input, { showPersonal });
    yield page.calls;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

async function exportList(session: Session, options: Filter): Promise<Answer> {
  const calls: ListedCall[] = [];
  for await (const page of pagesOf(session, options)) calls.push(...page);
  return { json: calls, text: formatCsv(CALL_COLUMNS, calls.map(toCallRecord)) };
}

async function exportCalls(
  session: Session,
  options: Filter & { withRecording?: string },
): Promise<Answer> {
  const { showPersonal = false } = options;
  const organization = await session.organizationId();
  const calls: unknown[] = [];
  for await (const page of pagesOf(session, options)) {
    for (const { id } of page) {
      const shown = await showCall(session.db, organization, { id }, { showPersonal });
      const call =
        options.withRecording === undefined
          ? shown
          : await copyRecordings(shown, session.recordings?.store, options.withRecording);
      if (session.isJson) calls.push(call);
      else session.progress(JSON.stringify(call));
    }
  }
  return { json: calls, text: '' };
}

async function writeNew(file: string, content: string | Buffer): Promise<void> {
  try {
    await writeFile(file, content, { flag: 'wx' });
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const message = isThere
      ? 'is there already: name another one'
      : 'cannot be written: check the path';
    throw new ManageError(message, { field: 'output', cause });
  }
}

function toRow(call: ListedCall, withRehearsals: boolean) {
  return {
    began: call.startedAt.toISOString().replace(/\.\d+/, ''),
    length: lengthOf(call),
    agent: call.agentSlug,
    line: call.line,
    caller: call.callerNumber,
    outcome: call.outcome,
    'ended by': call.endedBy,
    'waited, ms': call.medianLatency,
    cost: describeCost(call.cost),
    truth: Object.keys(call.truth).length === 0 ? null : describeTruth(call.truth),
    ...(withRehearsals ? { rehearsal: call.isRehearsal } : {}),
    id: call.id,
  };
}
