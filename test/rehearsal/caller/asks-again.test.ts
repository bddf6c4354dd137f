import { describe, expect, it } from 'vitest';

import { asksAgain, asksToRepeat } from '../../../rehearsal/caller/asks-again.ts';

describe('an agent asks a caller to say it again', () => {
  it.each([
    'Sorry, I did not get that. Which day would suit you?',
    'Sorry, I still did not get that. Please say yes or no.',
    "I'm sorry, I didn't quite catch your name.",
    'Sorry, I did not get the whole address. And what is your e-mail address?',
    'I did not understand that. What is your name?',
    'I couldn’t hear you. Which time suits you?',
    'I am sorry, I cannot hear you well.',
    'Could you please say that again?',
    'Would you repeat your e-mail address for me?',
    'Please repeat it.',
    'Can you spell it once more?',
    'Could you tell me your e-mail address one more time?',
    'Pardon?',
    'Are you still there?',
    'Hello, can you hear me?',
  ])('with "%s"', (said) => {
    expect(asksToRepeat(said)).toBe(true);
  });

  it.each([
    '',
    'Which day would suit you?',
    'Sorry, nothing is free on Friday. I have Thursday at 10:00 AM.',
    'I could not get a confirmation. You will get a message.',
    'I am sorry, I cannot get the address. Let us go on without it.',
    'I did not hear back from the calendar yet.',
    "I couldn't get it booked.",
    'If another time suits you better, tell me and I will look again.',
    'Would you like me to try again?',
    'I will repeat it: Tuesday at 2:00 PM. Is that right?',
    'Is there anything else I can do for you?',
  ])('and not with "%s"', (said) => {
    expect(asksToRepeat(said)).toBe(false);
  });
});

describe('an agent asks the same again', () => {
  it.each([
    ['All right. Which day would suit you?', 'Which day would suit you?'],
    ['Which day would suit you?', 'which day would suit you'],
    [
      'I have 10:00 AM and 2:00 PM. Which one suits you?',
      'I have 10:00 AM and 2:00 PM. Which one suits you?',
    ],
    ['Shall I book it?', 'Sorry, I did not get that. Shall I book it?'],
  ])('after "%s" with "%s"', (before, said) => {
    expect(asksAgain(said, before)).toBe(true);
  });

  it.each([
    ['I have Friday at 2:00 PM. Which one suits you?', 'I have 9:00 AM. Which one suits you?'],
    ['I have Mary, spelled M A R Y. Is that right?', 'I have M at example dot com. Is that right?'],
    ['Which day would suit you?', ''],
    ['', ''],
    ['What is your name?', 'What is your e-mail address?'],
  ])('not after "%s" with "%s"', (before, said) => {
    expect(asksAgain(said, before)).toBe(false);
  });
});
