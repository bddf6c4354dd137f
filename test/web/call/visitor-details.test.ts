import { describe, expect, it } from 'vitest';

import { checkDetails } from '../../../web/call/visitor-details.ts';
import { detailsMessage, slotMessage } from '../../../web/call/visitor-messages.ts';

describe('checkDetails', () => {
  it('takes a name and an address and tidies them', () => {
    expect(checkDetails({ name: '  Mary \n Smith ', email: ' mary.smith@example.com ' })).toEqual({
      ok: true,
      details: { name: 'Mary Smith', email: 'mary.smith@example.com' },
    });
  });

  it('asks for what is missing, both at once', () => {
    expect(checkDetails({ name: ' ', email: '' })).toEqual({
      ok: false,
      problems: { name: 'Enter your name.', email: 'Enter your e-mail address.' },
    });
  });

  it.each([
    'mary',
    'mary@',
    'mary@example',
    'mary smith@example.com',
    'a@b@example.com',
    'a@b..com',
  ])('refuses the address %s', (email) => {
    expect(checkDetails({ name: 'Mary', email })).toMatchObject({
      ok: false,
      problems: { email: expect.any(String) as string },
    });
  });

  it.each([
    "o'hara+clinic@mail.example.co.uk",
    'mary@xn--bcher-kva.example',
    'jörg@bücher.example',
  ])('takes the address %s', (email) => {
    expect(checkDetails({ name: 'Mary', email }).ok).toBe(true);
  });

  it.each([
    ['\u2066ma\u200bry@example.com\ufeff', 'mary@example.com'],
    ['mary＠example。com', 'mary@example.com'],
  ])('takes the address %j as %s', (given, email) => {
    expect(checkDetails({ name: 'Mary', email: given })).toMatchObject({ details: { email } });
  });

  it('leaves joiners to a name that is written with them, and sees when nothing else is there', () => {
    const name = 'علی\u200cرضا';
    const email = 'ali@example.com';
    expect(checkDetails({ name, email })).toMatchObject({ ok: true, details: { name } });
    expect(checkDetails({ name: '\u200b \u200d', email })).toMatchObject({
      problems: { name: 'Enter your name.' },
    });
  });

  it('refuses a name no calendar would hold', () => {
    expect(checkDetails({ name: 'M'.repeat(101), email: 'mary@example.com' }).ok).toBe(false);
  });
});

describe('what the page says for the visitor', () => {
  it('names the offered time by its label', () => {
    expect(slotMessage({ label: 'Tuesday, November 24 at 2:30 PM' })).toBe(
      'I would like Tuesday, November 24 at 2:30 PM, please',
    );
  });

  it('gives name and e-mail in one sentence', () => {
    expect(detailsMessage({ name: 'Mary Smith', email: 'mary.smith@example.com' })).toBe(
      'My name is Mary Smith and my e-mail is mary.smith@example.com',
    );
  });
});
