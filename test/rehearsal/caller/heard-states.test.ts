import { describe, expect, it } from 'vitest';

import { isHeardState } from '../../../rehearsal/caller/heard-states.ts';

describe('a named state', () => {
  it.each([
    ['offer', 'I have Tuesday, November 24 at 2:00 PM.', true],
    ['offer', 'There is ten a m or two thirty p m.', true],
    ['offer', 'Which day would you like?', false],
    ['question', 'Which day would you like?', true],
    ['question', 'Which day? I have time.', false],
    ['question', 'Sorry, I did not get that. Which day would you like?', false],
    ['confirmation', 'Sorry, I did not get that. Shall I book it?', false],
    ['confirmation', 'Tuesday at 2 PM for Mary. Shall I book it?', true],
    ['confirmation', 'Which day would you like?', false],
    ['booked', 'Booked: Tuesday, November 24 at 2:30 PM.', true],
    ['booked', 'It is not booked yet.', false],
    ['booked', "I couldn't get it booked.", false],
    ['booked', 'That time is already booked. Which other time suits you?', false],
    ['booked', 'Already booked: Tuesday at 2 PM. Anything else?', true],
    ['booked', 'Do you want it booked?', false],
    ['moved', 'Your appointment is now moved to Friday at 2:00 PM.', true],
    ['moved', 'Rescheduled: Friday, November 27 at 2:00 PM.', true],
    ['moved', 'Shall I move it?', false],
    ['moved', 'I could not confirm that it was moved.', false],
    ['cancelled', 'Cancelled: Friday at 2:00 PM.', true],
    ['cancelled', 'Nothing was cancelled.', false],
    ['cancelled', 'Do you want it cancelled?', false],
    ['goodbye', 'Thank you, goodbye!', true],
    ['greeting', '', false],
    ['listening', '', true],
  ] as const)('%s in "%s" is %s', (state, said, expected) => {
    expect(isHeardState(state, said)).toBe(expected);
  });
});
