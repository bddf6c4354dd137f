import { describe, expect, it } from 'vitest';
import { lexiconOf } from '../../../booking/spelled/lexicon.ts';
import { readSpelledEmail } from '../../../booking/spelled/read-email.ts';
import { readSpelledName } from '../../../booking/spelled/read-name.ts';
import { readSpelledNumber } from '../../../booking/spelled/read-number.ts';
import { describeReading, readSpellings } from './spelling-table.ts';

const TABLES = [
  ['english', 'en', 'addresses', readSpelledEmail],
  ['english', 'en-GB', 'names', readSpelledName],
  ['english', 'en', 'numbers', readSpelledNumber],
  ['german', 'de-CH', 'addresses', readSpelledEmail],
  ['german', 'de', 'names', readSpelledName],
  ['german', 'de', 'numbers', readSpelledNumber],
  ['spanish', 'es-MX', 'addresses', readSpelledEmail],
  ['spanish', 'es', 'names', readSpelledName],
  ['spanish', 'es', 'numbers', readSpelledNumber],
  ['french', 'fr', 'addresses', readSpelledEmail],
  ['french', 'fr', 'numbers', readSpelledNumber],
  ['italian', 'it', 'addresses', readSpelledEmail],
  ['portuguese', 'pt-BR', 'addresses', readSpelledEmail],
] as const;

describe.each(TABLES)('%s, to an agent that speaks %s: %s', (name, language, what, read) => {
  const lexicon = lexiconOf(language);

  it.each(readSpellings(`${name}-${what}.txt`))('reads "$said"', ({ said, expected }) => {
    expect(describeReading(read(said, lexicon))).toBe(expected);
  });
});

describe('an agent that speaks English', () => {
  it('takes words of other languages for words', () => {
    const { kind } = readSpelledEmail('maria arroba example punto es', lexiconOf('en'));
    expect(kind).toBe('as-given');
  });

  it('is understood where an agent has a language that nobody spells in here', () => {
    expect(readSpelledEmail('m a r y at example dot com', lexiconOf('xx'))).toEqual({
      kind: 'read',
      written: 'mary@example.com',
    });
  });
});
