import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SpokenLanguage } from '../../../booking/languages/spoken-language.ts';
import { LANGUAGES } from '../../../calls/languages.ts';

const linesOf = (name: string): string[] =>
  readFileSync(new URL(`../../fixtures/languages/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
const CALLERS = linesOf('callers.txt').map((line) => {
  const [language = '', ...words] = line.split(' ');
  return { language, words: words.join(' ') };
});

/** What is spoken after these lines to an agent of a language. */
function after(lines: readonly string[], language = 'en', allowed?: readonly string[]): string {
  const spoken = new SpokenLanguage({ language, allowed: allowed ?? null });
  for (const line of lines) spoken.hear(line);
  return spoken.now;
}

describe('the language of a call', () => {
  it.each(CALLERS.filter(({ language }) => language !== '-'))(
    'changes, or stays, with what one line clearly is: $words',
    ({ language, words }) => {
      const spoken = LANGUAGES.map((agent) => after([words], agent));
      expect(new Set(spoken)).toEqual(new Set([language]));
    },
  );

  it.each(CALLERS.filter(({ language }) => language === '-'))(
    'stays with what may be of any: $words',
    ({ words }) => {
      expect(LANGUAGES.map((agent) => after([words], agent))).toEqual([...LANGUAGES]);
    },
  );

  it.each(linesOf('english-callers.txt'))('stays English: %s', (words) => {
    expect(after([words])).toBe('en');
    expect(after([words, words])).toBe('en');
  });

  it('is no other one after all that names, places and greetings say', () => {
    const spoken = new SpokenLanguage({ language: 'en' });
    for (const { words } of CALLERS.filter(({ language }) => language === '-')) spoken.hear(words);
    for (const words of linesOf('english-callers.txt')) spoken.hear(words);
    expect(spoken.now).toBe('en');
  });

  it('changes by two short lines in a row, and not by one, or by two of two languages', () => {
    expect(after(['Quiero reservar'])).toBe('en');
    expect(after(['Quiero reservar', 'Laura Benítez', 'mañana, sí'])).toBe('es');
    expect(after(['Quiero reservar', 'Ich bin ein Berliner'])).toBe('en');
    expect(after(['Quiero reservar', 'I would like to book it', 'mañana, sí'])).toBe('en');
  });

  it('stays with what it has changed to until the caller clearly changes back', () => {
    const lines = ['Hola, quisiera pedir una cita para el martes', 'okay', 'yes', 'the first one'];
    expect(after(lines)).toBe('es');
    expect(
      after([...lines, 'Sorry, can we do this in English please, that is my better one']),
    ).toBe('en');
  });

  it('changes to no language that the agent is not allowed, and to its own at any time', () => {
    const spanish = 'Hola, quisiera pedir una cita para el martes';
    expect(after([spanish], 'de', ['de', 'fr'])).toBe('de');
    expect(after([spanish], 'de', ['es'])).toBe('es');
    expect(after([spanish, 'Können wir bitte doch Deutsch sprechen?'], 'de', ['es'])).toBe('de');
    expect(after([spanish], 'pt-BR', [])).toBe('pt');
  });

  it('goes on where a call that was taken over was', () => {
    expect(new SpokenLanguage({ language: 'en', earlier: 'fr' }).now).toBe('fr');
    expect(new SpokenLanguage({ language: 'en', allowed: ['en'], earlier: 'fr' }).now).toBe('en');
  });

  it('tells once of each change', () => {
    const changes: string[] = [];
    const spoken = new SpokenLanguage({ language: 'en' });
    spoken.onChange((language) => changes.push(language));
    for (const line of ['Hola, quisiera pedir una cita para el martes', 'Sí, quiero la primera'])
      spoken.hear(line);
    expect(changes).toEqual(['es']);
  });
});
