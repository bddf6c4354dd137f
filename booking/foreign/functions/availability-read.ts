import { defineFunction, NO_CALENDAR } from './function.ts';
import { findTimes, tellOffer } from './offered-times.ts';

/** Finds free times for a wish in the caller's words. */
export const availabilityRead = defineFunction({
  name: 'availability_read',
  description:
    'Finds free times. Call it for every wish about days or times, and offer only the times it answers.',
  parameters: {
    date: {
      description:
        'The wish in the caller\'s own words, in English, e.g. "next Tuesday after lunch". Leave it out for the soonest times.',
    },
    eventTypeId: { description: 'The kind of appointment, when there are several.' },
    userId: { description: 'Not needed: there is one calendar.' },
  },
  run: async ({ date, eventTypeId }, call) => {
    const { desk } = call;
    if (!desk) return NO_CALENDAR;
    const offer = await findTimes({ when: date, event: eventTypeId }, { ...call, desk });
    return tellOffer(offer, { ...call, desk });
  },
});
