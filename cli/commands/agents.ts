import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { addAgent, editAgent } from '../../manage/agents.ts';
import type { AgentInput } from '../../manage/agents.ts';
import { listAgents } from '../../manage/list-agents.ts';
import type { ListedAgent } from '../../manage/list-agents.ts';
import { ManageError } from '../../manage/manage-error.ts';
import { REASONING_EFFORTS } from '../../runtime/model-environment.ts';
import type { Act } from '../act.ts';
import { toNumber } from '../option-values.ts';
import { formatTable } from '../table.ts';

interface AgentOptions {
  slug?: string;
  name?: string;
  businessName?: string;
  instructions?: string;
  instructionsFile?: string;
  language?: string;
  languages?: string;
  voice?: string;
  greeting?: string;
  aiDisclosure?: boolean;
  recording?: boolean;
  model?: string;
  transcriptionModel?: string;
  reasoningEffort?: string;
  transferTo?: string;
  transferHours?: string;
  longestCallMinutes?: number | 'default';
  allowedOrigins?: string;
  disabled?: true;
}

/** `slotline agents …` */
export function addAgentCommands(program: Command, act: Act): void {
  const group = program.command('agents').description('who answers: name, instructions, voice');
  withAgentOptions(
    group.command('add').description('add an agent').argument('<slug>', 'its name in addresses'),
  )
    .option('--disabled', 'take no calls yet')
    .addHelpText('after', EXAMPLE)
    .action(
      act(async ({ db, organizationId }, options: AgentOptions, slug) => {
        const input = { ...(await toInput(options)), slug, enabled: !options.disabled };
        const agent = await addAgent(db, await organizationId(), input);
        return {
          json: agent,
          text: `Added the agent "${agent.slug}". It books nothing yet: see \`slotline events add --help\`.`,
        };
      }),
    );
  group
    .command('list')
    .description('list all agents and what they book')
    .action(
      act(async ({ db, organizationId }) => {
        const agents = await listAgents(db, await organizationId());
        return { json: agents, text: formatTable(agents.map(toRow), 'There is no agent yet.') };
      }),
    );
  withAgentOptions(
    group.command('edit').description('change an agent').argument('<agent>', 'its slug'),
  )
    .option('--slug <slug>', 'its new name in addresses')
    .action(
      act(async ({ db, organizationId }, options: AgentOptions, slug = '') => {
        const input = { ...(await toInput(options)), slug: options.slug };
        const agent = await editAgent(db, await organizationId(), slug, input);
        return { json: agent, text: `Changed the agent "${agent.slug}".` };
      }),
    );
  for (const [name, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    group
      .command(name)
      .description(enabled ? 'take calls' : 'take no calls')
      .argument('<agent>', 'its slug')
      .action(
        act(async ({ db, organizationId }, _: object, slug = '') => {
          const agent = await editAgent(db, await organizationId(), slug, { enabled });
          return { json: agent, text: `The agent "${agent.slug}" is ${name}d.` };
        }),
      );
  }
}

const EXAMPLE = `
Example:
  slotline agents add front-desk --name "Front desk" --business-name "Harbor Street Clinic" \\
    --instructions "We are at 12 Harbor Street. Parking is behind the house." --language en`;

function withAgentOptions(command: Command): Command {
  return command
    .option('--name <name>', 'how it calls itself')
    .option('--business-name <name>', 'whom it answers for')
    .option('--instructions <text>', 'what it should know of the business')
    .option('--instructions-file <file>', 'the same, from a file')
    .option(
      '--language <tag>',
      'what it greets in: en, es, fr, de, pt or it, also with a region: de-CH (default: en); the rehearsal model speaks English alone',
    )
    .option(
      '--languages <list>',
      'what it changes to when a caller speaks it, such as en,es, or "all" (default)',
    )
    .option('--voice <name>', 'a voice of OpenAI Realtime (default: marin)')
    .option('--greeting <text>', 'what callers hear first, or "default"')
    .option('--ai-disclosure', 'say with the greeting that it is an AI (default)')
    .option('--no-ai-disclosure', 'leave that to the greeting')
    .option('--recording', 'record its calls, which it says with the greeting')
    .option('--no-recording', 'record none (default)')
    .option(
      '--model <name>',
      'the model it speaks with, or "default": the one of the worker, OPENAI_REALTIME_MODEL',
    )
    .option('--transcription-model <name>', 'what writes callers\' words down, or "default"')
    .option('--reasoning-effort <effort>', `${REASONING_EFFORTS.join(', ')}, or "default"`)
    .option(
      '--transfer-to <number>',
      'who speaks with phone callers that want a person: a number, a SIP address, or "nobody"',
    )
    .option(
      '--transfer-hours <hours>',
      'when they are there, such as "Mon-Fri 09:00-18:00, Sat 09:00-12:00", or "always" (default)',
    )
    .option(
      '--longest-call-minutes <count>',
      'after which a call is ended, or "default": as long as the organization\'s',
      (text: string) => (text === 'default' ? text : toNumber(text)),
    )
    .option(
      '--allowed-origins <list>',
      'sites on which it may be embedded, such as https://www.example.com, or "none" (default)',
    );
}

async function toInput(options: AgentOptions): Promise<AgentInput> {
  const { name, businessName, language, voice, instructionsFile } = options;
  const instructions =
    instructionsFile === undefined ? options.instructions : await readText(instructionsFile);
  const transferTo = options.transferTo === 'nobody' ? null : options.transferTo;
  return {
    name,
    businessName,
    language,
    languages: options.languages === 'all' ? null : options.languages?.split(/[\s,]+/),
    voice,
    greeting: ofItsOwn(options.greeting),
    disclosesAi: options.aiDisclosure,
    recording: options.recording,
    instructions,
    transferTo,
    transferHours: options.transferHours === 'always' ? null : options.transferHours,
    longestCallMinutes: ofItsOwn(options.longestCallMinutes),
    allowedOrigins: toOrigins(options.allowedOrigins),
    realtimeModel: ofItsOwn(options.model),
    transcriptionModel: ofItsOwn(options.transcriptionModel),
    reasoningEffort: ofItsOwn(options.reasoningEffort),
  };
}

function toOrigins(given: string | undefined): string[] | undefined {
  return given === 'none' ? [] : given?.split(/[\s,]+/);
}

/** Null takes the agent's own one away. */
function ofItsOwn<T>(given: T | 'default' | undefined): T | null | undefined {
  return given === 'default' ? null : given;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ManageError('cannot be read: check the path', { field: 'instructionsFile', cause });
  }
}

function toRow(agent: ListedAgent) {
  return {
    slug: agent.slug,
    name: agent.name,
    business: agent.businessName,
    language: agent.language,
    voice: agent.voice,
    transfer: agent.transferTo ?? '',
    records: agent.recording,
    enabled: agent.enabled,
    books: agent.events.join(', '),
  };
}
