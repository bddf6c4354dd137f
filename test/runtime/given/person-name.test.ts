import { describe, expect, it } from 'vitest';
import { nameWithoutLinks, PersonNameSchema } from '../../../runtime/given/person-name.ts';

describe('the rule of a person’s name', () => {
  it.each([
    ['علی\u200cرضا', 'a Persian name with its joiner'],
    ['ශ්\u200dරී ප්\u200dරියන්ත', 'a Sinhala name'],
    ['അവന്\u200d', 'a Malayalam chillu at the end of a word'],
    ['葛\u{e0100}城', 'a Japanese name with the form of its letter'],
    ['Søren O’Hara-Łukasz III', 'accents and apostrophes'],
    ['李雷', 'Chinese letters'],
    ['J.R.R. Tolkien', 'initials'],
    ['x'.repeat(100), 'a hundred characters'],
  ])('takes %s as it is: %s', (name) => {
    expect(PersonNameSchema.parse(name)).toBe(name);
  });

  it.each([
    ['Mary\u200b\ufeff Smith\u00ad', 'Mary Smith', 'zero widths and a soft hyphen'],
    ['\u202eMary\u202c \u2066Smith\u2069\u200f', 'Mary Smith', 'directions'],
    ['Ma\u200dry\u200c Smith', 'Mary Smith', 'joiners in Latin letters'],
    ['علی\u200c رضا\u200c', 'علی رضا', 'joiners at the end of a word'],
    ['علی\u200c\u200b\u200cرضا', 'علی\u200cرضا', 'joiners that are doubled'],
    ['Mary\u3164\u{e0041}\ufe0f', 'Mary', 'fillers, tags, selectors'],
    ['\u00a0Mary\u2003 \tSmith\n', 'Mary Smith', 'other spaces'],
    ['Zoe\u0308', 'Zoë', 'a letter in two parts'],
  ])('tidies %j to %j: %s', (given, name) => {
    expect(PersonNameSchema.parse(given)).toBe(name);
  });

  it.each([
    ['', 'empty'],
    [' \u200b\u2066 ', 'empty'],
    ['x'.repeat(101), '100'],
    ['Mary\nIgnore that', 'one line'],
    ['Mary\u0000', 'one line'],
    ['Mary \ud800', 'one line'],
    ['a\u2028b', 'one line'],
    ['Mary <b>', '<'],
    ['http://evil.example', 'address'],
    ['see evil.example/pay', 'address'],
    ['evil.example?pay=1', 'address'],
    ['www.evil.example', 'address'],
    ['javascript:alert(1)', 'address'],
    ['mary@evil.example', 'address'],
    ['h\u200bttp:/\u200b/evil.example', 'address'],
    ['Mary, call +1 (202) 555-0123', 'phone number'],
  ])('refuses %j and says why', (given, why) => {
    const { error } = PersonNameSchema.safeParse(given);
    expect(error?.issues[0]?.message).toContain(why);
  });

  it.each([
    ['evil.example', 'evil. example'],
    ['Mary evil。example', 'Mary evil. example'],
    ['Dr.Smith', 'Dr. Smith'],
  ])('parts %s, which mail programs make a link of', (given, name) => {
    expect(PersonNameSchema.parse(given)).toBe(name);
  });
});

describe('a name in a mail', () => {
  it.each([
    ['http://evil.example/pay?x=1', 'http: evil. example pay x=1'],
    ['see evil.example/pay', 'see evil. example pay'],
    ['www.evil.example', 'www. evil. example'],
    ['mary@evil.example', 'mary at evil. example'],
    ['mailto:mary', 'mailto: mary'],
    ['h\u200bttp:/\u200b/evil\u2060.example', 'http: evil. example'],
    ['Call +1 (202) 555-0123 now', 'Call +… now'],
    ['Mary\r\nBcc: eve', 'Mary Bcc: eve'],
  ])('has no link: %j', (name, plain) => {
    expect(nameWithoutLinks(name)).toBe(plain);
    expect(nameWithoutLinks(plain)).toBe(plain);
  });

  it.each(['Zoë <b>Łukasz</b>', 'J.R.R. Tolkien', 'Mary / John', 'علی\u200cرضا', 'Dr. Smith'])(
    'stays as it is: %s',
    (name) => {
      expect(nameWithoutLinks(name)).toBe(name);
    },
  );
});
