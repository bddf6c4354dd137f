import { describe, expect, it } from 'vitest';
import { readSpelledEmail, readSpelledName } from '../../../booking/spelled/spelled-text.ts';

describe('a spelled e-mail address', () => {
  it.each([
    ['m a r y dot s m i t h at example dot com', 'mary.smith@example.com'],
    ['m as in mike, a r y at example dot com', 'mary@example.com'],
    ['M as in Mary, A as in apple, R, Y at example dot com', 'mary@example.com'],
    ['mike alpha romeo yankee at example dot com', 'mary@example.com'],
    ['m for mike a for alpha r y at example dot com', 'mary@example.com'],
    ['mary dot smith at example dot co dot uk', 'mary.smith@example.co.uk'],
    ['a double n a underscore seven at mail dot example dot com', 'anna_7@mail.example.com'],
    ['M-A-R-Y dot Smith @ example . com', 'mary.Smith@example.com'],
    ['j dash r plus clinic at example dot org', 'j-r+clinic@example.org'],
    ['capital m a r y at example dot com', 'mary@example.com'],
    ['golf hotel two zero at x-ray whiskey zulu dot com', 'golfhotel20@xwz.com'],
  ])('is written from "%s"', (said, written) => {
    expect(readSpelledEmail(said)).toBe(written);
  });

  it.each([
    ['mike at example dot com', 'mike@example.com'],
    ['oscar dot romeo at example dot com', 'oscar.romeo@example.com'],
    ['victor seven at example dot com', 'victor7@example.com'],
  ])('keeps names that are words of the spelling alphabet: "%s"', (said, written) => {
    expect(readSpelledEmail(said)).toBe(written);
  });

  it.each(['mary.smith@example.com', 'm-a-r-y@example.com', 'I have none', 'mary smith', ''])(
    'leaves "%s" as it is',
    (text) => {
      expect(readSpelledEmail(text)).toBe(text);
    },
  );
});

describe('a spelled name', () => {
  it.each([
    ['m a r y, s m i t h', 'Mary Smith'],
    ['m, a, r, y', 'Mary'],
    ['M-A-R-Y S-M-I-T-H', 'Mary Smith'],
    ['m as in mike, a r y', 'Mary'],
    ['Mary Smith, S M I T H', 'Mary Smith'],
    ['Mary m a r y Smyth s m i t h', 'Mary Smith'],
    ['mike alpha romeo yankee', 'Mary'],
    ['a double n a', 'Anna'],
    ['Jon J O H N', 'John'],
    ['l i', 'Li'],
  ])('is written from "%s"', (said, written) => {
    expect(readSpelledName(said)).toBe(written);
  });

  it.each([
    'Mary Smith',
    'Mike Smith',
    'Victor Hugo',
    'J R Smith',
    'J. R. R. Tolkien',
    'Mary-Jane O’Neill',
    'A',
    '',
  ])('leaves "%s" as it is', (name) => {
    expect(readSpelledName(name)).toBe(name);
  });
});
