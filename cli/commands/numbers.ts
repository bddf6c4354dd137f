import type { Command } from 'commander';
import { changeLimits } from '../../manage/limits.ts';
import type { LimitsInput } from '../../manage/limits.ts';
import { addNumber, editNumber, listNumbers, removeNumber } from '../../manage/numbers.ts';
import type { ShownNumber } from '../../manage/numbers.ts';
import { syncNumbers } from '../../manage/sync-numbers.ts';
import { describePlan, showPlan } from '../../calls/trunks/show-plan.ts';
import type { Act } from '../act.ts';
import { toNumber } from '../option-values.ts';
import { formatTable, toCell } from '../table.ts';
import { SYNC_HINT } from './trunks.ts';

interface NumberOptions {
  agent?: string;
  trunk?: string;
  label?: string;
  enable?: true;
  disable?: true;
}

/** `slotline numbers …` */
export function addNumberCommands(program: Command, act: Act): void {
  const group = program.command('numbers').description('which agent answers which phone number');
  withNumberOptions(
    group
      .command('add')
      .description('let an agent answer a number')
      .argument('<number>', 'with its country code, +12025550123'),
  )
    .addHelpText('after', EXAMPLE)
    .action(
      act(async ({ db, organizationId }, options: NumberOptions, text) => {
        const input = { ...toInput(options), number: text };
        const number = await addNumber(db, await organizationId(), input);
        const { number: e164, agentSlug } = number;
        return { json: number, text: `Added ${e164}: "${agentSlug}" answers. ${SYNC_HINT}` };
      }),
    );
  group
    .command('list')
    .description('list all numbers')
    .action(
      act(async ({ db, organizationId }) => {
        const numbers = await listNumbers(db, await organizationId());
        return { json: numbers, text: formatTable(numbers.map(toRow), 'There is no number yet.') };
      }),
    );
  withNumberOptions(
    group.command('edit').description('change who answers, and how').argument('<number>'),
  )
    .option('--enable', 'answer calls')
    .action(
      act(async ({ db, organizationId }, options: NumberOptions, wanted = '') => {
        const number = await editNumber(db, await organizationId(), wanted, toInput(options));
        return { json: number, text: `Changed ${number.number}. ${SYNC_HINT}` };
      }),
    );
  group
    .command('remove')
    .description('answer a number no more, from now on')
    .argument('<number>')
    .action(
      act(async ({ db, organizationId }, _: object, wanted = '') => {
        const number = await removeNumber(db, await organizationId(), wanted);
        return { json: number, text: `Removed ${number.number}. ${SYNC_HINT}` };
      }),
    );
  addSync(group, act);
  addLimits(group, act);
}

const EXAMPLE = `
Example:
  slotline trunks add Twilio --allow 54.172.60.0/30
  slotline numbers add "+1 202 555 0123" --agent front-desk --trunk Twilio
  slotline numbers sync`;

function withNumberOptions(command: Command): Command {
  return command
    .option('--agent <slug>', 'who answers')
    .option('--trunk <name>', 'by which trunk calls come; needed where there are several')
    .option('--label <text>', 'what you call it')
    .option('--disable', 'do not answer calls');
}

function addSync(group: Command, act: Act): void {
  group
    .command('sync')
    .description("make LiveKit's trunks and dispatch rule equal the numbers, of all organizations")
    .option('--dry-run', 'say what would be changed, and change nothing')
    .action(
      act(async ({ db, masterKey, livekit }, { dryRun = false }: { dryRun?: boolean }) => {
        const plan = await syncNumbers({ db, livekit: livekit(), masterKey }, { dryRun });
        return {
          json: { dryRun, ...showPlan(plan) },
          text: describePlan(plan).map(toCell).join('\n'),
          exitCode: plan.conflicts.length === 0 ? 0 : 1,
        };
      }),
    );
}

function addLimits(group: Command, act: Act): void {
  group
    .command('limits')
    .description('how much callers may have of the lines; shows the limits, or changes them')
    .option('--calls-at-once <number>', 'by phone and on the web together (default: 20)', toNumber)
    .option('--calls-per-caller-an-hour <number>', 'from one number (default: 30)', toNumber)
    .option('--longest-call-minutes <minutes>', 'then it is ended (default: 30)', toNumber)
    .option(
      '--calls-per-visitor-at-once <number>',
      'on the web, from one address (default: 4)',
      toNumber,
    )
    .option(
      '--kept-for-phone <percent>',
      'of the calls at once, which the web leaves to the phone (default: 25)',
      toNumber,
    )
    .action(
      act(async ({ db, organizationId }, options: LimitsInput) => {
        const { callsAtOnce, callsPerCallerAnHour, longestCallMinutes } = options;
        const { callsPerVisitorAtOnce, keptForPhone } = options;
        const limits = await changeLimits(db, await organizationId(), {
          callsAtOnce,
          callsPerCallerAnHour,
          longestCallMinutes,
          callsPerVisitorAtOnce,
          keptForPhone,
        });
        const row = {
          'calls at once': limits.callsAtOnce,
          'calls per caller an hour': limits.callsPerCallerAnHour,
          'longest call, minutes': limits.longestCallMinutes,
          'calls per visitor at once': limits.callsPerVisitorAtOnce,
          'kept for the phone, percent': limits.keptForPhone,
        };
        return { json: limits, text: formatTable([row], '') };
      }),
    );
}

function toInput({ agent, trunk, label, enable, disable }: NumberOptions) {
  return { agent, trunk, label, inbound: enable ? true : disable ? false : undefined };
}

function toRow({ number, label, agentSlug, trunkName, inbound }: ShownNumber) {
  return { number, label, agent: agentSlug, trunk: trunkName, answered: inbound };
}
