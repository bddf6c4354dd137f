import type { Command } from 'commander';
import { blockNumber, listBlocked, unblockNumber } from '../../manage/callers.ts';
import type { Act } from '../act.ts';
import { formatTable } from '../table.ts';

/** `slotline callers …` */
export function addCallerCommands(program: Command, act: Act): void {
  const group = program.command('callers').description('whose phone calls are not taken');
  group
    .command('block')
    .description('take no call from a number')
    .argument('<number>', 'with its country code, +12025550123')
    .option('--reason <text>', 'for the record')
    .action(
      act(async ({ db, organizationId }, { reason }: { reason?: string }, number) => {
        await blockNumber(db, await organizationId(), { number, reason });
        return { json: { blocked: true }, text: 'The number is blocked.' };
      }),
    );
  group
    .command('unblock')
    .description('take calls from a number again')
    .argument('<number>')
    .action(
      act(async ({ db, organizationId }, _: object, number) => {
        await unblockNumber(db, await organizationId(), { number });
        return { json: { blocked: false }, text: 'The number is not blocked any more.' };
      }),
    );
  group
    .command('list')
    .description('list blocked numbers')
    .option('--show-personal', 'show whole numbers')
    .action(
      act(async ({ db, organizationId }, { showPersonal = false }: { showPersonal?: boolean }) => {
        const callers = await listBlocked(db, await organizationId(), { showPersonal });
        const rows = callers.map(({ number, reason, createdAt }) => ({
          number,
          reason,
          since: createdAt.toISOString(),
        }));
        return { json: callers, text: formatTable(rows, 'No caller is blocked.') };
      }),
    );
}
