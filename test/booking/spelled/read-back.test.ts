import { describe, expect, it } from 'vitest';
import { BookingError } from '../../../booking/booking-error.ts';
import { ReadBack } from '../../../booking/spelled/read-back.ts';
import { speaking } from '../../support/speaking.ts';

const ENGLISH = speaking('en');
const SPELLED = {
  name: 'm a r y, s m i t h',
  email: 'm a r y two three at example dot com',
  phone: null,
};
const WRITTEN = { name: 'Mary Smith', email: 'mary23@example.com', phone: null };

describe('details that were spelled', () => {
  it('are read back as they are written before they are used', () => {
    expect(new ReadBack(ENGLISH).check(SPELLED, false)).toEqual({
      status: 'read_back',
      message: 'I have Mary Smith and mary23@example.com. Is that right?',
      name: 'Mary Smith',
      email: 'mary23@example.com',
    });
  });

  it('are used after a yes, spelled or written', () => {
    for (const again of [SPELLED, WRITTEN]) {
      const readBack = new ReadBack(ENGLISH);
      readBack.check(SPELLED, false);
      expect(readBack.check(again, true)).toEqual({ written: WRITTEN });
    }
  });

  it('are not used by a call without the yes, though it has them as they are written', () => {
    const readBack = new ReadBack(ENGLISH);
    readBack.check(SPELLED, false);
    expect(readBack.check(WRITTEN, false)).toMatchObject({ status: 'read_back' });
  });

  it('are not used by a yes before they were read back, nor by a yes to others', () => {
    const readBack = new ReadBack(ENGLISH);
    expect(readBack.check(SPELLED, true)).toMatchObject({ status: 'read_back' });
    const other = { ...SPELLED, name: 'j o h n' };
    expect(readBack.check(other, true)).toMatchObject({ status: 'read_back', name: 'John' });
  });

  it('are asked about once', () => {
    const readBack = new ReadBack(ENGLISH);
    readBack.check(SPELLED, false);
    readBack.check(SPELLED, true);
    expect(readBack.check(WRITTEN, false)).toEqual({ written: WRITTEN });
  });

  it('are read back in the letters of their domain', () => {
    const given = { name: 'Jörg', email: 'j o e r g at bücher dot example', phone: null };
    expect(new ReadBack(ENGLISH).check(given, false)).toMatchObject({
      message: 'I have Jörg and joerg@bücher.example. Is that right?',
    });
  });

  it.each([
    [{ name: 'o apostrophe h a r a' }, { name: "O'Hara" }],
    [{ name: 'double u a n g' }, { name: 'Wang' }],
    [{ email: 'john twenty three at example dot com' }, { email: 'john23@example.com' }],
    [{ email: "it's john at the rate example dot com" }, { email: 'john@example.com' }],
    [{ email: 'anna@example dot com, all lower case' }, { email: 'anna@example.com' }],
  ])('are read back, however they were said: %j', (said, read) => {
    const given = { ...WRITTEN, ...said };
    expect(new ReadBack(ENGLISH).check(given, false)).toMatchObject({
      status: 'read_back',
      ...read,
    });
  });

  it('are refused where they can be read in two ways, naming both', () => {
    const seven = { ...WRITTEN, email: 'j o h n oh seven at example dot com' };
    for (const isConfirmed of [false, true]) {
      const check = () => new ReadBack(ENGLISH).check(seven, isConfirmed);
      expect(check).toThrow(BookingError);
      expect(check).toThrow(/two ways.*whether it is johno7@example.com or john07@example.com/);
    }
    const smyth = { ...WRITTEN, name: 'Smith with a y' };
    expect(() => new ReadBack(ENGLISH).check(smyth, false)).toThrow(/name.*Smyth or Smith/);
  });

  it('are refused where words cannot be read, naming the words', () => {
    const slash = { ...WRITTEN, email: 'john slash smith at example dot com' };
    expect(() => new ReadBack(ENGLISH).check(slash, false)).toThrow(/e-mail address.*"slash"/);
    const digit = { ...WRITTEN, name: 'm a r y seven' };
    expect(() => new ReadBack(ENGLISH).check(digit, false)).toThrow(/name.*"seven"/);
  });

  it('are read in the language of the agent', () => {
    const given = { ...WRITTEN, email: 'jot o Unterstrich mueller Klammeraffe example Punkt de' };
    expect(new ReadBack(speaking('de-AT')).check(given, false)).toMatchObject({
      email: 'jo_mueller@example.de',
    });
  });
});

describe('a phone number that was said in words', () => {
  const SAID = { ...WRITTEN, phone: 'two one two, five five five, oh one two three' };
  const DIGITS = { ...WRITTEN, phone: '2125550123' };

  it('is read back and used after a yes', () => {
    const readBack = new ReadBack(ENGLISH);
    expect(readBack.check(SAID, false)).toMatchObject({
      status: 'read_back',
      message: 'I have Mary Smith, mary23@example.com, and 2125550123. Is that right?',
      phone: '2125550123',
    });
    expect(readBack.check(DIGITS, false)).toMatchObject({ status: 'read_back' });
    expect(readBack.check(DIGITS, true)).toEqual({ written: DIGITS });
  });

  it('lets no unconfirmed name through, whatever number comes with it', () => {
    const readBack = new ReadBack(ENGLISH);
    readBack.check({ ...SPELLED, phone: 'five five five oh one two three' }, false);
    expect(readBack.check(DIGITS, false)).toMatchObject({ status: 'read_back' });
  });
});

describe('an address whose domain is nearly a common one', () => {
  const SLIP = { ...WRITTEN, email: 'mary@gmail.con' };

  it('is asked about, naming both, and never changed', () => {
    expect(new ReadBack(ENGLISH).check(SLIP, false)).toEqual({
      status: 'read_back',
      message:
        'I have Mary Smith and mary@gmail.con. Did you mean mary@gmail.com, or is it really mary@gmail.con?',
      name: 'Mary Smith',
      email: 'mary@gmail.con',
      did_you_mean: 'mary@gmail.com',
    });
  });

  it('is used where the caller insists', () => {
    const readBack = new ReadBack(ENGLISH);
    readBack.check(SLIP, false);
    expect(readBack.check(SLIP, true)).toEqual({ written: SLIP });
  });

  it('is used as it was meant where the caller agrees', () => {
    const readBack = new ReadBack(ENGLISH);
    readBack.check(SLIP, false);
    const meant = { ...WRITTEN, email: 'mary@gmail.com' };
    expect(readBack.check(meant, true)).toEqual({ written: meant });
  });

  it('is asked about where its end is missing', () => {
    const given = { ...WRITTEN, email: 'mary at gmail' };
    expect(() => new ReadBack(ENGLISH).check(given, false)).toThrow(
      /not complete.*whether it is mary@gmail.com/,
    );
  });
});

describe('details that were given as they are written', () => {
  it.each([
    WRITTEN,
    { ...WRITTEN, name: ' Mary Smith ', email: null },
    { ...WRITTEN, name: 'J. R. Smith', email: 'm-a-r-y@example.com' },
    { ...WRITTEN, name: 'علی\u200cرضا', email: 'mary@bücher.example' },
    { ...WRITTEN, name: 'Mary', email: 'no address' },
    { ...WRITTEN, phone: '(212) 555-0123' },
    { ...WRITTEN, phone: 'caller' },
  ])('are used as they are: %j', (given) => {
    const used = new ReadBack(ENGLISH).check(given, false);
    expect(used).toEqual({ written: { ...given, name: given.name.trim() } });
  });
});

it.each([
  'mary@gmailcom',
  'mary@gmail,com',
  'mary@gmail com',
  'mary@gmail..com',
  'mary at gmail com',
  'mary@gmail',
])('an address that no mail server takes is asked about, and not mended: %s', (email) => {
  const check = () => new ReadBack(ENGLISH).check({ ...WRITTEN, email }, true);
  expect(check).toThrow('Please ask the caller whether it is mary@gmail.com.');
});
