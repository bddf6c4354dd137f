import { createCalendlySimulator } from '../../../../rehearsal/simulators/calendly/create-calendly-simulator.ts';
import type {
  CalendlySimulator,
  CalendlySimulatorOptions,
} from '../../../../rehearsal/simulators/calendly/create-calendly-simulator.ts';
import type { AccountSeed } from '../../../../rehearsal/simulators/calendly/seed.ts';
import type { TestClock } from '../../../support/test-clock.ts';
import { problemsOf } from './sample-shapes.ts';

export const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.c2ltdWxhdGVk.0123456789abcdef';
/** A Monday, 9 in the morning in New York. */
export const NOW = '2026-11-23T14:00:00.000Z';

/** One event type of each kind that is booked differently. */
export const FRONT_DESK: AccountSeed = {
  slug: 'front-desk',
  name: 'Front Desk',
  token: TOKEN,
  eventTypes: [
    { slug: 'appointment', name: 'Appointment' },
    {
      slug: 'asking',
      questions: [
        { name: 'What brings you here?', type: 'text' },
        { name: 'Anything else?', type: 'text', required: false },
      ],
    },
    { slug: 'choosing', questions: [CHOICE('single_select'), CHOICE('multi_select')] },
    { slug: 'calling', locations: [{ kind: 'outbound_call' }] },
    { slug: 'visiting', locations: [{ kind: 'ask_invitee' }] },
    { slug: 'at-ours', locations: [{ kind: 'physical', location: '1 Main Street' }] },
    {
      slug: 'online',
      locations: [{ kind: 'zoom_conference' }, { kind: 'google_conference' }],
      questions: [{ name: 'Your number', type: 'phone_number' }],
    },
    { slug: 'lengths', duration: 30, durationOptions: [15, 30, 60] },
    { slug: 'group', kind: 'group' },
    { slug: 'team', poolingType: 'round_robin' },
    { slug: 'poll', bookingMethod: 'poll' },
    { slug: 'off', active: false },
    { slug: 'odd', questions: [{ name: 'Your signature', type: 'drawing' }] },
  ],
};

function CHOICE(type: string) {
  return {
    name: type === 'multi_select' ? 'Which days?' : 'How many people?',
    type,
    answer_choices: type === 'multi_select' ? ['Monday', 'Tuesday'] : ['1', '2 or more'],
  };
}

export interface ValidatedSimulator extends CalendlySimulator {
  /** How many answers were held to a sample. */
  readonly validated: number;
  /** @throws Error naming every answer that is not shaped as its sample */
  close(): Promise<void>;
}

/**
 * A simulator whose every answer is held to the samples of the contract; what is wrong with them is
 * thrown when it is closed. It has no limits unless given some.
 *
 * @param options.clock the test's, where it has more parts; else the simulator's begins at {@link NOW}
 */
export async function startCalendly({
  clock,
  ...options
}: Partial<CalendlySimulatorOptions> & { clock?: TestClock } = {}): Promise<ValidatedSimulator> {
  const problems: string[] = [];
  let validated = 0;
  const simulator = await createCalendlySimulator({
    accounts: [FRONT_DESK],
    requestLimit: null,
    bookingLimits: null,
    ...(clock && { now: () => clock.now().getTime() }),
    ...options,
    onAnswer: (answer) => {
      const found = problemsOf(answer);
      if (found) validated += 1;
      problems.push(...(found ?? []));
      options.onAnswer?.(answer);
    },
  });
  if (!clock && options.now === undefined) simulator.clock.set(Date.parse(NOW));
  return {
    ...simulator,
    get validated() {
      return validated;
    },
    close: async () => {
      await simulator.close();
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  };
}
