import { describe, expect, it } from 'vitest';
import { readCallerNumber } from '../../calls/withheld-number.ts';

const NEW_YORK = '+12125550100';
const BERLIN = '+4930123456';

function callerOf(number: string | undefined, dialled: string | null, privacy?: string) {
  return readCallerNumber({ number, privacy }, dialled);
}

describe('the number of a caller', () => {
  it.each([
    ['+12125550123', NEW_YORK, '+12125550123'],
    ['2125550123', NEW_YORK, '+12125550123'],
    ['+12125550123;npdi;rn=+12125550000', NEW_YORK, '+12125550123'],
    ['030 987654', BERLIN, '+4930987654'],
    ['004930987654', BERLIN, '+4930987654'],
    ['+15550100001', NEW_YORK, '+15550100001'],
    ['+266 22 123456', BERLIN, '+26622123456'],
    ['+41446681800', null, '+41446681800'],
  ])('%s, called on %s, is %s', (text, dialled, number) => {
    expect(callerOf(text, dialled)).toBe(number);
  });

  it.each([
    // What Twilio writes: anonymous, restricted, blocked, unknown, unavailable on the keys.
    '+266696687',
    '+7378742833',
    '+7378742883',
    '+17378742833',
    '+2562533',
    '+8656696',
    '+86282452253',
    '266696687',
    '+7748483',
    // What SIP has in the place of a user.
    undefined,
    '',
    'anonymous',
    'Anonymous',
    'unavailable',
    'Restricted',
    'unknown',
    'private',
    'anonymous;user=phone',
    // Rows and sequences.
    '0000000000',
    '+0000000000',
    '+10000000000',
    '+1111111111',
    '+19999999999',
    '5555555555',
    '123456789',
    '1234567890',
    '0123456789',
    '+11234567890',
    '9876543210',
    // Impossible for their country, or of no country.
    '+1212555',
    '+121255501234',
    '+49',
    '+999123456789',
    '+210123456789',
  ])('is withheld when it is %s', (text) => {
    expect(callerOf(text, NEW_YORK)).toBe(null);
    expect(callerOf(text, BERLIN)).toBe(null);
    expect(callerOf(text, null)).toBe(null);
  });

  it.each(['id', 'ID;critical', 'user;id', 'header', ' session ; user'])(
    'is withheld when its owner asks for privacy: %s',
    (privacy) => {
      expect(callerOf('+12125550123', NEW_YORK, privacy)).toBe(null);
    },
  );

  it.each([undefined, '', 'none', 'session'])('is known with the privacy %s', (privacy) => {
    expect(callerOf('+12125550123', NEW_YORK, privacy)).toBe('+12125550123');
  });
});
