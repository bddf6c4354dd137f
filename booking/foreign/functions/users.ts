import { defineFunction, NO_CALENDAR, toldAs } from './function.ts';

/** Whose calendar it is. Of nobody else anything is told, and of nobody an e-mail address. */
export const userRead = defineFunction({
  name: 'user_read',
  description:
    "Tells the name of the calendar's owner and the time zone of the calendar. Other people cannot be looked up.",
  parameters: {
    userId: { description: 'Not needed: there is one calendar.' },
    email: { description: 'Nobody is looked up by an e-mail address.' },
  },
  run: async ({ userId, email }, call) => {
    const owner = await call.readOwner();
    if (!owner) return NO_CALENDAR;
    const isOfOthers = userId !== null || email !== null;
    return toldAs(
      isOfOthers ? "Only the calendar's owner can be looked up, and nobody by an address." : null,
      `The calendar is ${owner.name}'s; its time zone is ${owner.timeZone}.`,
    );
  },
});

/** No caller makes users of the business's account. */
export const userCreate = defineFunction({
  name: 'user_create',
  description:
    'Cannot create anybody: it says who can. An appointment needs no user, a name and an e-mail address are enough.',
  parameters: {
    username: { description: 'The name to sign in with.' },
    email: { description: 'The e-mail address.' },
    name: { description: 'The full name.' },
    timeZone: { description: 'The time zone.' },
  },
  run: async (_, call) => {
    const owner = await call.readOwner();
    const byHand = owner?.addUsersAt ? `; a person adds them ${owner.addUsersAt}` : '';
    return toldAs(
      `No user was created. This calendar account cannot create users through its API key${byHand}.`,
      'An appointment needs no user: a name and an e-mail address are enough.',
    );
  },
});
