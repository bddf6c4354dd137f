import { describe, expect, it } from 'vitest';
import { resolveNumber } from '../../booking/desk/resolve-number.ts';
import { NO_LINE, readLineNumber } from '../../calls/line-numbers.ts';

const NEW_YORK = '+12125550100';
const BERLIN = '+4930123456';

describe("a trunk's number", () => {
  it.each([
    ['+12125550123', NEW_YORK, '+12125550123'],
    ['12125550123', NEW_YORK, '+12125550123'],
    ['2125550123', NEW_YORK, '+12125550123'],
    ['(212) 555-0123', NEW_YORK, '+12125550123'],
    ['030 987654', BERLIN, '+4930987654'],
    ['4930987654', null, '+4930987654'],
    ['+15550100001', NEW_YORK, '+15550100001'],
    ['4915112345678', BERLIN, '+4915112345678'],
    ['4930987654', BERLIN, '+4930987654'],
    ['015112345678', BERLIN, '+4915112345678'],
    ['628123456789', '+62215550100', '+628123456789'],
    ['3912345678', '+390612345678', '+393912345678'],
  ])('%s, called on %s, is %s', (text, dialled, number) => {
    expect(readLineNumber(text, dialled)).toBe(number);
  });

  it.each([undefined, '', 'anonymous', 'Restricted', 'unavailable', '100', '+0', '00000000'])(
    'is withheld when it is %s',
    (text) => {
      expect(readLineNumber(text, NEW_YORK)).toBe(null);
    },
  );
});

describe('what a caller gives as a number', () => {
  const line = { caller: '+12125550123', dialled: NEW_YORK };

  it.each(['caller', 'Caller', "the caller's number", ' caller '])(
    'is the number of the line for "%s"',
    (said) => {
      expect(resolveNumber(said, line)).toBe('+12125550123');
    },
  );

  it('is of the country that was called where it names none', () => {
    expect(resolveNumber('646 555 0199', line)).toBe('+16465550199');
    expect(resolveNumber('030 987654', { caller: null, dialled: BERLIN })).toBe('+4930987654');
    expect(resolveNumber('49 151 12345678', { caller: null, dialled: BERLIN })).toBe(
      '+4915112345678',
    );
  });

  it.each([
    '+44 20 7946 0123',
    '+44 (0)20 7946 0123',
    '0044 20 7946 0123',
    '011 44 20 7946 0123',
    'tel:+44-20-7946-0123',
    '\u202a+44 20 7946 0123\u202c',
    '＋４４ 20 7946 0123',
  ])('is what was parsed, not what was written: %s', (said) => {
    expect(resolveNumber(said, line)).toBe('+442079460123');
    expect(resolveNumber(said, NO_LINE)).toBe('+442079460123');
    expect(resolveNumber(said, { caller: null, dialled: BERLIN })).toBe('+442079460123');
  });

  it('stays as it is where that cannot be told', () => {
    expect(resolveNumber('5550100', line)).toBe('5550100');
    expect(resolveNumber('2125550123', NO_LINE)).toBe('2125550123');
    expect(resolveNumber('+12125550123 ext. 5', line)).toBe('+12125550123 ext. 5');
    expect(resolveNumber(null, line)).toBe(null);
    expect(resolveNumber(' ', line)).toBe(null);
  });

  it('is asked for when the number of the line is wanted and withheld', () => {
    expect(() => resolveNumber('caller', { ...line, caller: null })).toThrow(/ask the caller/);
    expect(() => resolveNumber('caller', NO_LINE)).toThrow(/ask the caller/);
  });
});
