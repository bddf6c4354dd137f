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
    ['j o h n two three at the rate example dot com', 'john23@example.com'],
    ['j o h n at the rate of example full stop com', 'john@example.com'],
    ['o apostrophe h a r a at sign example dot com', "o'hara@example.com"],
    ['m zed r at example dot com', 'mzr@example.com'],
    ['golf hotel two zero at x-ray whiskey zulu dot com', 'golfhotel20@xwz.com'],
  ])('is written from "%s"', (said, written) => {
    expect(readSpelledEmail(said)).toEqual({ written, unclear: [] });
  });

  it.each([
    ['mike at example dot com', 'mike@example.com'],
    ['oscar dot romeo at example dot com', 'oscar.romeo@example.com'],
    ['victor seven at example dot com', 'victor7@example.com'],
  ])('keeps names that are words of the spelling alphabet: "%s"', (said, written) => {
    expect(readSpelledEmail(said)).toEqual({ written, unclear: [] });
  });

  it.each(['mary.smith@example.com', 'm-a-r-y@example.com', 'I have none', 'mary smith', ''])(
    'leaves "%s" as it is',
    (text) => {
      expect(readSpelledEmail(text)).toEqual({ written: text, unclear: [] });
    },
  );
});

describe('words that can be read in two ways', () => {
  it.each([
    ['john twenty three at example dot com', ['twenty']],
    ['john nineteen eighty four at example dot com', ['nineteen', 'eighty']],
    ['double u i l l at example dot com', ['double u']],
    ['Double you at example dot com', ['Double you']],
    ['j o h n oh seven at example dot com', ['oh']],
    ['capital john at example dot com', ['capital']],
    ['j hash n at example dot com', ['hash']],
  ])('are left in an address, and asked about: "%s"', (said, unclear) => {
    expect(readSpelledEmail(said)).toEqual({ written: said, unclear });
  });

  it.each([
    ['o apostrophe h a r a', ['apostrophe']],
    ['d apostrophe s a', ['apostrophe']],
    ['m a r y dash j a n e', ['dash']],
    ['double u i l l', ['double u']],
  ])('are left in a name, and asked about: "%s"', (said, unclear) => {
    expect(readSpelledName(said)).toEqual({ written: said, unclear });
  });

  it.each(['Mary Dash', 'Stacey Dash', 'Seven Thirty', 'Oh Sandra'])(
    'are names where nothing is spelled: "%s"',
    (name) => {
      expect(readSpelledName(name)).toEqual({ written: name, unclear: [] });
    },
  );

  it('are names where they are spelled themselves', () => {
    expect(readSpelledName('Stacey Dash, D A S H').written).toBe('Stacey Dash');
  });
});

describe('what is spelled without end', () => {
  it.each(['m ', 'mike ', 'm as in mike ', 'double n ', 'a@.', 'at the rate ', 'M-', '@'])(
    'is read in a moment, and left: %s',
    (words) => {
      const before = performance.now();
      for (const length of [4_900, 100_000]) {
        readSpelledEmail(words.repeat(length / words.length));
        readSpelledName(words.repeat(length / words.length));
      }
      expect(performance.now() - before).toBeLessThan(1_000);
      const endless = words.repeat(100_000 / words.length);
      expect(readSpelledName(endless).written).toBe(endless.trim());
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
    expect(readSpelledName(said)).toEqual({ written, unclear: [] });
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
    expect(readSpelledName(name)).toEqual({ written: name, unclear: [] });
  });
});
