import type { Command } from 'commander';
import { addOrganization, listOrganizations } from '../../manage/organizations.ts';
import type { Act } from '../act.ts';
import { formatTable } from '../table.ts';

/** `slotline organizations …`: who the agents, calendars and appointments belong to. */
export function addOrganizationCommands(program: Command, act: Act): void {
  const group = program
    .command('organizations')
    .description('who agents, calendars and appointments belong to');
  group
    .command('add')
    .description('add an organization')
    .argument('<name>')
    .action(
      act(async ({ db }, _: object, name = '') => {
        const organization = await addOrganization(db, { name });
        return { json: organization, text: `Added the organization "${organization.name}".` };
      }),
    );
  group
    .command('list')
    .description('list all organizations')
    .action(
      act(async ({ db }) => {
        const organizations = await listOrganizations(db);
        const rows = organizations.map(({ id, name }) => ({ name, id }));
        return { json: organizations, text: formatTable(rows, 'There is no organization yet.') };
      }),
    );
}
