import { Option } from 'commander';
import type { Command } from 'commander';
import { ManageError } from '../../manage/manage-error.ts';
import type { SipTrunk } from '../../db/phone/sip-trunks.ts';
import { addTrunk, editTrunk, listTrunks, removeTrunk } from '../../manage/trunks.ts';
import type { Act } from '../act.ts';
import { withoutNone } from '../option-values.ts';
import { formatTable } from '../table.ts';

interface TrunkOptions {
  name?: string;
  allow?: string[];
  username?: string;
  password?: unknown;
}

/** What every change of the line ends with. */
export const SYNC_HINT = 'LiveKit knows of it after `slotline numbers sync`.';

/** `slotline trunks …` */
export function addTrunkCommands(program: Command, act: Act): void {
  const group = program
    .command('trunks')
    .description('by which providers phone calls come, and who may call');
  withAccessOptions(
    group.command('add').description('add a trunk').argument('<name>', 'what you call it'),
  )
    .addHelpText('after', EXAMPLES)
    .action(
      act(async (session, options: TrunkOptions, name) => {
        const { allow, username } = options;
        refusePassword(options);
        const input = { name, allow, username };
        const trunk = await addTrunk(session, await session.organizationId(), input);
        return { json: trunk, text: `Added the trunk "${trunk.name}". ${SYNC_HINT}` };
      }),
    );
  group
    .command('list')
    .description('list all trunks')
    .action(
      act(async ({ db, organizationId }) => {
        const trunks = await listTrunks(db, await organizationId());
        return { json: trunks, text: formatTable(trunks.map(toRow), 'There is no trunk yet.') };
      }),
    );
  withAccessOptions(
    group.command('edit').description('change a trunk').argument('<trunk>', 'its name or id'),
  )
    .option('--name <name>', 'what you call it')
    .addHelpText('after', '\nWrite `none` to take away what an option has set.')
    .action(
      act(async (session, options: TrunkOptions, wanted = '') => {
        refusePassword(options);
        const { name, allow } = options;
        const input = {
          name,
          allow: allow?.[0] === 'none' ? [] : allow,
          username: withoutNone(options.username),
        };
        const trunk = await editTrunk(session, await session.organizationId(), wanted, input);
        return { json: trunk, text: `Changed the trunk "${trunk.name}". ${SYNC_HINT}` };
      }),
    );
  group
    .command('remove')
    .description('remove a trunk that no number comes by')
    .argument('<trunk>', 'its name or id')
    .action(
      act(async ({ db, organizationId }, _: object, wanted = '') => {
        const trunk = await removeTrunk(db, await organizationId(), wanted);
        return { json: trunk, text: `Removed the trunk "${trunk.name}".` };
      }),
    );
}

const EXAMPLES = `
The password is read from SIP_PASSWORD or standard input, never from an argument.

Examples:
  slotline trunks add Twilio --allow 54.172.60.0/30 54.244.51.0/30
  slotline trunks add Office --username reception < password.txt`;

function withAccessOptions(command: Command): Command {
  return command
    .option('--allow <addresses...>', 'addresses or networks that calls may come from')
    .option('--username <name>', 'calls need this name and a password')
    .addOption(new Option('--password [password]').hideHelp());
}

function refusePassword({ password }: TrunkOptions): void {
  if (password === undefined) return;
  throw new ManageError(
    'is never read from an argument, which other users of the machine can see: set SIP_PASSWORD, or give it on standard input. Replace this password, it may have been seen.',
    { field: 'password' },
  );
}

function toRow({ name, allowedAddresses, authUsername, livekitTrunkId, id }: SipTrunk) {
  return {
    name,
    'calls from': allowedAddresses.length === 0 ? 'anywhere' : allowedAddresses.join(', '),
    username: authUsername,
    livekit: livekitTrunkId,
    id,
  };
}
