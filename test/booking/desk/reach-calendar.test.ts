import { describe, expect, it } from 'vitest';
import { refusal } from '../../../booking/desk/reach-calendar.ts';
import { readAttendee } from '../../../booking/desk/read-attendee.ts';
import { sentencesIn } from '../../../booking/languages/sentences/sentences-in.ts';
import { RequestRefusedError } from '../../../calendar/calendar-error.ts';
import type { RefusalReason } from '../../../calendar/calendar-error.ts';

const ENGLISH = sentencesIn('en');
const TERMS = { key: 'terms', label: 'Do you accept?', required: true, options: ['yes'] };
const refused = (field: string | null, reason?: RefusalReason) =>
  new RequestRefusedError('Test.', { field, ...(reason ? { reason } : {}) });

describe('a refusal of the calendar', () => {
  it.each([
    ['email', /does not accept the e-mail address\. Please ask/],
    ['terms', /does not accept the answer to "Do you accept\?"\. Please ask/],
  ])('asks anew for what the caller said: %s', (field, words) => {
    const error = refusal(refused(field), ENGLISH, { questions: [TERMS] });
    expect(error.message).toMatch(words);
    expect(error.code).toBe('attendee-refused');
  });

  it.each(['timeZone', 'language', 'metadata', 'location', 'duration', null])(
    'asks for nothing that no caller was asked for: %s',
    (field) => {
      const error = refusal(refused(field), ENGLISH, { questions: [TERMS] });
      expect(error.message).not.toMatch(/timeZone|language|metadata|location|duration|ask for/);
    },
  );

  it('of a move or a cancellation asks for nothing', () => {
    expect(refusal(refused('email'), ENGLISH).message).not.toMatch(/ask for/);
  });

  it('says its reason where it has one', () => {
    const error = refusal(refused('email', 'address-not-accepted'), ENGLISH, { questions: [] });
    expect(error.message).toMatch(/Is there another one\?/);
    expect(refusal(refused(null, 'cancelling-not-allowed'), ENGLISH).message).toMatch(
      /stands as it is/,
    );
  });
});

describe('a question that only yes answers', () => {
  const ask = (answer: string) =>
    readAttendee(
      {
        name: 'Mary',
        email: 'mary@example.com',
        phone: null,
        answers: [{ question: 'terms', answer }],
      },
      { requiredAttendeeFields: ['name'], questions: [TERMS] },
      'America/New_York',
    ).answers;

  it.each(['yes', 'Yeah.', 'Sure, that is fine', 'I do', 'Of course', 'I agree'])(
    'is answered by "%s"',
    (answer) => {
      expect(ask(answer)).toEqual({ terms: 'yes' });
    },
  );

  it.each(['no', 'not really', 'yes but I do not agree', 'what does that mean', ''])(
    'is not answered by "%s"',
    (answer) => {
      expect(() => ask(answer)).toThrow(expect.objectContaining({ code: 'question-open' }));
    },
  );
});
