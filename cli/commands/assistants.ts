import { Option } from 'commander';
import type { Command } from 'commander';
import type { AssistantPlatform } from '../../calls/assistants/platform.ts';
import { PLATFORMS } from '../../calls/assistants/platforms.ts';
import {
  listAssistants,
  removeAssistant,
  setupAssistant,
} from '../../manage/assistants/setup-assistant.ts';
import type { AssistantSetup } from '../../manage/assistants/setup-assistant.ts';
import type { Act } from '../act.ts';
import { toNumber } from '../option-values.ts';
import { formatTable } from '../table.ts';

interface SetupOptions {
  url?: string;
  authentication?: 'bearer' | 'secret' | 'hmac' | 'signature';
  header?: string;
  prefix?: string;
  algorithm?: string;
  encoding?: string;
  format?: string;
  timestampHeader?: string;
  maxAge?: number;
  secretIsBase64?: boolean;
  credential?: string;
  assistant?: string;
  answerWithin?: number;
  dryRun?: boolean;
}

/** `slotline assistants …` */
export function addAssistantCommands(program: Command, act: Act): void {
  const group = program
    .command('assistants')
    .description('assistants of other platforms that use our tools');
  group
    .command('list')
    .description('list all assistants')
    .action(
      act(async ({ db, organizationId }) => {
        const assistants = await listAssistants(db, await organizationId());
        const rows = assistants.map(({ assistantId, ...row }) => ({
          ...row,
          assistantId: assistantId ?? '',
        }));
        return { json: assistants, text: formatTable(rows, 'There is no assistant yet.') };
      }),
    );
  for (const platform of PLATFORMS) addPlatform(group, platform, act);
}

function addPlatform(group: Command, platform: AssistantPlatform, act: Act): void {
  const { id, name, setup } = platform;
  const own = group.command(id).description(`an agent's assistant at ${name}`);
  own
    .command('setup')
    .description(
      `connect an agent, and print what to make at ${name}; with ${setup.keyVariable} in the environment it is made there, or brought up to date`,
    )
    .argument('<agent>', 'its slug')
    .option(
      '--url <url>',
      'of this server, as the platform reaches it; that of the office by default',
    )
    .addOption(
      new Option('--authentication <kind>', 'how its requests prove themselves').choices([
        'bearer',
        'secret',
        'hmac',
        ...(platform.verify ? ['signature'] : []),
      ]),
    )
    .option('--header <name>', 'of the secret or the signature')
    .option('--prefix <text>', 'before the secret or the signature')
    .option('--algorithm <name>', 'of a signature: sha256, sha512 or sha1')
    .option('--encoding <name>', 'of a signature: hex or base64')
    .option('--format <text>', 'what is signed, such as "{timestamp}.{body}"')
    .option('--timestamp-header <name>', 'of what is signed')
    .option('--max-age <seconds>', 'how old a signature may be', toNumber)
    .option('--secret-is-base64', 'the secret is base64 of the key')
    .option('--credential <id>', `the secret's id at ${name}, where it is kept there`)
    .option('--assistant <id>', `of an assistant that is there already`)
    .option(
      '--answer-within <seconds>',
      'after which a function is answered as not confirmed yet',
      toNumber,
    )
    .option('--dry-run', 'change nothing, and say what would be done')
    .addHelpText('after', HELP)
    .action(
      act(async (session, options: SetupOptions, agent = '') => {
        const { db, readSecret, readVariable } = session;
        const answer = await setupAssistant(
          {
            db,
            masterKey: session.masterKey(),
            apiKey: readSecret(setup.keyVariable),
            secret: readSecret('ASSISTANT_SECRET'),
            apiUrl: readVariable(`${id.toUpperCase()}_API_URL`) ?? undefined,
          },
          await session.organizationId(),
          { platform: id, agent },
          {
            address: options.url ?? session.officeUrl(),
            authentication: authenticationOf(options),
            credentialId: options.credential,
            assistantId: options.assistant,
            answerWithinSeconds: options.answerWithin,
            dryRun: options.dryRun,
          },
        );
        return { json: answer, text: textOf(answer, name, options.dryRun === true) };
      }),
    );
  own
    .command('remove')
    .description(`serve the agent's assistant at ${name} no more`)
    .argument('<agent>', 'its slug')
    .action(
      act(async ({ db, organizationId }, _: object, slug = '') => {
        const agent = await removeAssistant(db, await organizationId(), {
          platform: id,
          agent: slug,
        });
        return { json: { removed: true }, text: `${name} is not served for "${agent.slug}".` };
      }),
    );
}

const HELP = `
Keys and secrets are read from the environment, never from an argument. ASSISTANT_SECRET is what
requests prove themselves with; without it one is made, and shown once.`;

/** What was not said of it is the usual, or stays as it is. */
function authenticationOf(options: SetupOptions): Record<string, unknown> | undefined {
  const { authentication, header, prefix } = options;
  const given = Object.entries({ header, prefix }).filter(([, value]) => value !== undefined);
  const named = Object.fromEntries(given);
  if (authentication === undefined) return undefined;
  switch (authentication) {
    case 'bearer':
      return { kind: 'token', ...named };
    case 'secret':
      return { kind: 'token', header: 'x-vapi-secret', prefix: '', ...named };
    case 'signature':
      return { kind: 'platform' };
    case 'hmac': {
      const { algorithm, encoding, format, timestampHeader, secretIsBase64 } = options;
      const more = {
        algorithm,
        encoding,
        format,
        timestampHeader,
        secretIsBase64,
        maxAgeSeconds: options.maxAge,
      };
      const known = Object.entries(more).filter(([, value]) => value !== undefined);
      return { kind: 'hmac', ...named, ...Object.fromEntries(known) };
    }
  }
}

function textOf(answer: AssistantSetup, name: string, isDry: boolean): string {
  const { steps, newSecret, address, assistantId } = answer;
  const lines = [
    `${name} sends what its model wants to ${address}`,
    ...(newSecret === null ? [] : [`The secret, shown once: ${newSecret}`]),
    '',
  ];
  if (steps) {
    const would = isDry ? 'would be ' : '';
    return [
      ...lines,
      ...steps.map(
        ({ what, did, id }) => `${what}: ${would}${did}${id === null ? '' : ` (${id})`}`,
      ),
      ...(assistantId === null ? [] : ['', `The assistant is ${assistantId}.`]),
    ].join('\n');
  }
  return [
    ...lines,
    'Its tools:',
    JSON.stringify(answer.tools, null, 2),
    '',
    'The assistant:',
    JSON.stringify(answer.assistant, null, 2),
  ].join('\n');
}
