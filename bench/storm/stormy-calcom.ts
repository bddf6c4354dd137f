import { createCalcomSimulator } from '../../rehearsal/simulators/calcom/create-calcom-simulator.ts';
import { addAccount } from '../../rehearsal/simulators/calcom/seed.ts';
import { breakDownAtTimes, setFaults } from './outages.ts';
import { seededRandom } from './random.ts';
import type { StormyProvider } from './stormy-provider.ts';

/** The Cal.com simulator, an account a calendar. */
export async function stormyCalcom(seed: number): Promise<StormyProvider> {
  const simulator = await createCalcomSimulator({
    accounts: [],
    rateLimit: { limit: 10_000_000, window: 60_000 },
    random: seededRandom(seed),
  });
  const { state } = simulator;
  return {
    title: 'Cal.com simulator',
    slowness: 1,
    makeCalendar(name) {
      const apiKey = `cal_${name}`;
      addAccount(state, {
        username: name,
        apiKey,
        timeZone: 'UTC',
        eventTypes: [{ slug: 'appointment', lengthInMinutes: 30, slotInterval: 15 }],
      });
      const settings = { baseUrl: simulator.url };
      return Promise.resolve({ provider: 'calcom', settings, credential: apiKey });
    },
    fail(isOver) {
      setFaults(simulator);
      return breakDownAtTimes(simulator, seededRandom(seed + 1), isOver);
    },
    recover: () => simulator.faults.clear(),
    listBookings(name) {
      const accountId = state.accountNamed(name)?.id;
      const bookings = state.bookings
        .all()
        .filter(({ eventType }) => eventType.ownerId === accountId);
      return Promise.resolve(
        bookings.map((booking) => ({
          reference: booking.rootUid,
          start: new Date(booking.start),
          end: new Date(booking.end),
          isLive: booking.status === 'accepted' || booking.status === 'pending',
          email: booking.attendee.email,
        })),
      );
    },
    close: () => simulator.close(),
  };
}
