import type { Command } from 'commander';
import { listWaitingLinks } from '../../manage/accounts/account-links.ts';
import { makeSetupLink } from '../../manage/accounts/set-up.ts';
import type { Act } from '../act.ts';
import { formatTable } from '../table.ts';

/** `slotline office …`: how people come into the office. */
export function addOfficeCommands(program: Command, act: Act): void {
  const group = program.command('office').description('how people come into the office');
  group
    .command('setup-link')
    .description('print a link that makes an owner, once and within the hour')
    .action(
      act(async ({ db, organizationId, officeUrl }) => {
        const link = await makeSetupLink(db, {
          organizationId: await organizationId(),
          officeUrl: officeUrl(),
        });
        return { json: { link }, text: link };
      }),
    );
  group
    .command('links')
    .description('print the links that wait for a mail server, the latest first')
    .action(
      act(async ({ db, organizationId }) => {
        const links = await listWaitingLinks(db, await organizationId());
        const rows = links.map(({ purpose, recipient, url }) => ({ purpose, recipient, url }));
        return { json: links, text: formatTable(rows, 'No link waits.') };
      }),
    );
}
