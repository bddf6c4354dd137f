import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEventTypes } from '../../../calendar/calcom/list-event-types.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { clientOf, FRONT_DESK } from './simulated.ts';

describe('the event types of a Cal.com account', () => {
  let simulator: ValidatedSimulator;
  beforeAll(async () => {
    simulator = await startCalcom({
      accounts: [
        {
          ...FRONT_DESK,
          eventTypes: [
            {
              slug: 'visit',
              title: 'Visit',
              lengthInMinutes: 30,
              lengthInMinutesOptions: [15, 30],
            },
            { slug: 'verified', lengthInMinutes: 30, requiresBookerEmailVerification: true },
          ],
        },
      ],
      teams: [
        {
          slug: 'team',
          members: ['front-desk'],
          eventTypes: [
            { slug: 'round', lengthInMinutes: 45, schedulingType: 'roundRobin' },
            { slug: 'visit', lengthInMinutes: 60, schedulingType: 'collective' },
          ],
        },
      ],
    });
  });
  afterAll(() => simulator.close());

  it('are listed with their lengths, the owner’s before a team’s, and why one cannot be booked', async () => {
    const listed = await listEventTypes(clientOf(simulator), { teamId: undefined });
    expect(listed).toMatchObject([
      { slug: 'visit', title: 'Visit', durations: [15, 30], fault: null },
      { slug: 'verified', fault: expect.stringContaining('email verification') as string },
      { slug: 'round', durations: [45], fault: null },
    ]);
  });

  it('are those of one team where one is meant', async () => {
    const [team] = simulator.state.teams;
    const listed = await listEventTypes(clientOf(simulator), { teamId: team?.id });
    expect(listed.map(({ slug }) => slug)).toEqual(['round', 'visit']);
  });
});
