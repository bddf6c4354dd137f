import type { Command } from 'commander';
import { listFacts, removeFact, setFact } from '../../manage/facts.ts';
import type { Act } from '../act.ts';
import { formatTable } from '../table.ts';

interface FactOptions {
  agent?: string;
}

/** `slotline facts …` */
export function addFactCommands(program: Command, act: Act): void {
  const group = program
    .command('facts')
    .description('what an agent knows of its business and answers questions with');
  withAgent(group.command('set').description('write a fact down, in place of one of its topic'))
    .argument('<topic>', 'what it is about, or the question it answers')
    .argument('<text>', 'what callers shall hear')
    .addHelpText('after', EXAMPLES)
    .action(
      act(async ({ db, organizationId }, { agent }: FactOptions, topic, text) => {
        const fact = await setFact(db, await organizationId(), { agent, topic, text });
        return { json: fact, text: `The agent knows "${fact.topic}" from its next call on.` };
      }),
    );
  withAgent(group.command('list').description('list what an agent knows')).action(
    act(async ({ db, organizationId }, { agent }: FactOptions) => {
      const facts = await listFacts(db, await organizationId(), { agent });
      const rows = facts.map(({ topic, text }) => ({ topic, text }));
      return { json: facts, text: formatTable(rows, 'The agent knows nothing yet.') };
    }),
  );
  withAgent(group.command('remove').description('take a fact away'))
    .argument('<topic>', 'as `facts list` shows it')
    .action(
      act(async ({ db, organizationId }, { agent }: FactOptions, topic) => {
        await removeFact(db, await organizationId(), { agent, topic });
        return { json: { removed: topic }, text: 'The fact is removed.' };
      }),
    );
}

function withAgent(command: Command): Command {
  return command.option('--agent <slug>', 'whose');
}

const EXAMPLES = `
Examples:
  slotline facts set "Opening hours" "Monday to Friday, nine to six." --agent front-desk
  slotline facts set "Is there parking?" "Yes, behind the house, for free." --agent front-desk`;
