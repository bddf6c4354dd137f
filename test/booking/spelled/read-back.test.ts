import { describe, expect, it } from 'vitest';
import { BookingError } from '../../../booking/desk/booking-error.ts';
import { ReadBack } from '../../../booking/spelled/read-back.ts';

const SPELLED = { name: 'm a r y, s m i t h', email: 'm a r y two three at example dot com' };
const WRITTEN = { name: 'Mary Smith', email: 'mary23@example.com' };

describe('details that were spelled', () => {
  it('are read back as they are written before they are used', () => {
    expect(new ReadBack().check(SPELLED, false)).toEqual({
      status: 'read_back',
      message: 'I have Mary Smith and mary23@example.com. Is that right?',
      ...WRITTEN,
    });
  });

  it('are used after a yes, spelled or written', () => {
    for (const again of [SPELLED, WRITTEN]) {
      const readBack = new ReadBack();
      readBack.check(SPELLED, false);
      expect(readBack.check(again, true)).toEqual({ written: WRITTEN });
    }
  });

  it('are not used by a call without the yes, though it has them as they are written', () => {
    const readBack = new ReadBack();
    readBack.check(SPELLED, false);
    expect(readBack.check(WRITTEN, false)).toMatchObject({ status: 'read_back' });
  });

  it('are not used by a yes before they were read back, nor by a yes to others', () => {
    const readBack = new ReadBack();
    expect(readBack.check(SPELLED, true)).toMatchObject({ status: 'read_back' });
    const other = { ...SPELLED, name: 'j o h n' };
    expect(readBack.check(other, true)).toMatchObject({ status: 'read_back', name: 'John' });
  });

  it('are asked about once', () => {
    const readBack = new ReadBack();
    readBack.check(SPELLED, false);
    readBack.check(SPELLED, true);
    expect(readBack.check(WRITTEN, false)).toEqual({ written: WRITTEN });
  });

  it('are read back in the letters of their domain', () => {
    const given = { name: 'Jörg', email: 'j o e r g at bücher dot example' };
    expect(new ReadBack().check(given, false)).toMatchObject({
      message: 'I have Jörg and joerg@bücher.example. Is that right?',
    });
  });

  it('are refused where they can be read in two ways, naming the words', () => {
    const twenty = { name: 'John', email: 'john twenty three at example dot com' };
    expect(() => new ReadBack().check(twenty, false)).toThrow(BookingError);
    expect(() => new ReadBack().check(twenty, true)).toThrow(/e-mail address.*"twenty"/);
    const apostrophe = { name: 'o apostrophe h a r a', email: null };
    expect(() => new ReadBack().check(apostrophe, false)).toThrow(/name.*"apostrophe"/);
  });
});

describe('details that were given as they are written', () => {
  it.each([
    WRITTEN,
    { name: ' Mary Smith ', email: null },
    { name: 'J. R. Smith', email: 'm-a-r-y@example.com' },
    { name: 'Mary', email: 'no address' },
  ])('are used as they are: %j', (given) => {
    const used = new ReadBack().check(given, false);
    expect(used).toEqual({ written: { name: given.name.trim(), email: given.email } });
  });
});
