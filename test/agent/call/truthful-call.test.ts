import { expect, it } from 'vitest';
import { createDialogue } from '../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import { SpokenCall } from '../../support/spoken-call.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
/** A call with all that an agent says of appointments; each line with what has to be heard after it. */
const LINES: readonly (readonly [string, RegExp])[] = [
  ['i would like to book an appointment', /(?:day|when|time).*\?/i],
  ['as soon as possible', /(?:AM|PM).*\?/],
  ['the first one', /name/i],
  ['mary smith', /e-?mail/i],
  ['mary.smith@example.com', /\?/],
  ['yes', /Booked|booked/],
  ['i need to move it', /\?/],
  ['next week', /(?:AM|PM).*\?/],
  ['the second one', /\?/],
  ['yes', /moved/i],
  ['cancel it please', /\?/],
  ['yes please', /cancelled/i],
];

/** Of a percentage of the values. */
const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

it('does not keep a caller waiting, and stops nothing that is true', async () => {
  const { agentId } = await insertTenant(database.db);
  const delays: number[] = [];
  const call = await SpokenCall.open(database.db, {
    agentId,
    dialogue: createDialogue(),
    // As the rehearsal model sends by default, and as fast as people speak.
    speechPace: 6,
    pace: 66,
    onDelay: (delay) => delays.push(delay),
  });
  call.conversation.greet();
  await call.hears('help you?');
  for (const [line, answer] of LINES) {
    const from = call.length;
    call.say(line);
    await call.hears(answer, from);
    await call.isQuiet();
  }
  await call.close();
  const [p50, p95] = [percentile(delays, 0.5), percentile(delays, 0.95)];
  expect(call.conversation.truth.counts).toMatchObject({ stopped: 0, corrected: 0 });
  expect(p50).toBeLessThan(1);
  expect(p95).toBeLessThanOrEqual(60);
}, 120_000);
