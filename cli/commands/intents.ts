import type { Command } from 'commander';
import { Option } from 'commander';
import { listIntents, settleIntent } from '../../manage/intents.ts';
import type { ShownIntent } from '../../manage/intents.ts';
import type { Act } from '../act.ts';
import { toNumber } from '../option-values.ts';
import { formatTable } from '../table.ts';

interface ListOptions {
  state?: string;
  limit?: number;
  showPersonal?: true;
}

/** `slotline intents …` */
export function addIntentCommands(program: Command, act: Act): void {
  const group = program
    .command('intents')
    .description('the ledger: what was tried, and how it ended');
  group
    .command('list')
    .description('list what is not settled, what wants you first')
    .option('--state <state>', 'only those in this state, settled ones too')
    .option('--limit <number>', 'how many at most (default: 50)', toNumber)
    .option('--show-personal', 'show names, e-mail addresses and numbers')
    .action(
      act(async ({ db, organizationId }, options: ListOptions) => {
        const { state, limit } = options;
        const found = await listIntents(
          db,
          await organizationId(),
          { state, limit },
          { showPersonal: options.showPersonal ?? false },
        );
        return { json: found, text: formatTable(found.map(toRow), 'Everything is settled.') };
      }),
    );
  group
    .command('settle')
    .description('write how an intent ended, as you see it in the calendar; the attendee is told')
    .argument('<id>', 'as `intents list` shows it')
    .addOption(
      new Option('--outcome <outcome>', 'what the calendar shows').choices([
        'happened',
        'did-not-happen',
      ]),
    )
    .option('--reason <text>', 'how you know, for the record')
    .option('--reference <uid>', 'which booking it is, where it is not found by itself')
    .addHelpText(
      'after',
      '\nExample:\n  slotline intents settle 5c0e6b1e-… --outcome happened --reason "It is in the calendar"',
    )
    .action(
      act(
        async (
          { parts, organizationId },
          options: { outcome?: string; reason?: string; reference?: string },
          id,
        ) => {
          const { outcome, reason, reference } = options;
          const input = { id, outcome, reason, reference };
          const intent = await settleIntent(parts(), await organizationId(), input);
          return {
            json: intent,
            text: `The intent is ${intent.state}. The attendee gets a message.`,
          };
        },
      ),
    );
}

function toRow(intent: ShownIntent) {
  return {
    state: intent.state,
    what: intent.kind,
    event: intent.eventName ?? intent.eventType,
    start: intent.startAt.toISOString(),
    name: intent.attendee.name,
    'e-mail': intent.attendee.email,
    looks: intent.attempts,
    since: intent.createdAt.toISOString(),
    id: intent.id,
    reason: intent.reason,
  };
}
