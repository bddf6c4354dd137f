import type { Command } from 'commander';
import { handleMessage, listMessages } from '../../manage/messages.ts';
import type { ShownMessage } from '../../manage/messages.ts';
import type { Act } from '../act.ts';
import { toNumber } from '../option-values.ts';
import { formatTable } from '../table.ts';

interface ListOptions {
  all?: true;
  limit?: number;
  showPersonal?: true;
}

/** `slotline messages …` */
export function addMessageCommands(program: Command, act: Act): void {
  const group = program.command('messages').description('what callers left a message about');
  group
    .command('list')
    .description('list messages that nobody has seen to, urgent ones first, then the oldest')
    .option('--all', 'handled ones too, newest first')
    .option('--limit <number>', 'how many at most (default: 50)', toNumber)
    .option('--show-personal', 'show names, numbers, addresses and what was said')
    .action(
      act(async ({ db, organizationId }, options: ListOptions) => {
        const { all, limit, showPersonal = false } = options;
        const of = await organizationId();
        const messages = await listMessages(db, of, { all, limit }, { showPersonal });
        return { json: messages, text: formatTable(messages.map(toRow), 'There is no message.') };
      }),
    );
  group
    .command('handle')
    .description('note that somebody has seen to a message')
    .argument('<id>', 'as `messages list` shows it')
    .action(
      act(async ({ db, now, organizationId }, _: object, id) => {
        await handleMessage({ db, now }, await organizationId(), { id });
        return { json: { id, handled: true }, text: 'The message is handled.' };
      }),
    );
}

function toRow(message: ShownMessage) {
  return {
    at: message.createdAt.toISOString(),
    agent: message.agentSlug,
    name: message.callerName,
    'call back': message.callbackNumber,
    'e-mail': message.email,
    urgent: message.urgent,
    handled: message.handledAt !== null,
    id: message.id,
    message: message.text ?? '(see --show-personal)',
  };
}
