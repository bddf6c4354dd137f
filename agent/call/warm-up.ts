import { NO_DESK } from '../../booking/desk/desk-facts.ts';
import { lexiconOf } from '../../booking/spelled/lexicon.ts';
import { SpokenText } from '../../booking/truth/spoken-text.ts';
import type { Language } from '../../calls/languages.ts';
import { instructions } from '../model/prompt.ts';

/** Each has what most patterns of its language look for. */
const SENTENCES: Record<Language, string> = {
  en: 'Hi, this is the clinic, how can I help you? On Monday at 3 p.m. Eastern we are free.',
  es: 'El lunes a las tres de la tarde está libre.',
  fr: 'Lundi à quinze heures est libre.',
  de: 'Am Montag um fünfzehn Uhr ist frei.',
  pt: 'Na segunda-feira às três da tarde está livre.',
  it: 'Lunedì alle tre del pomeriggio è libero.',
};

/**
 * Does once what takes long only the first time in a process, patterns of the gate that what is said goes
 * through above all: the first caller would wait for it before the greeting.
 */
export function warmUp(): void {
  const now = new Date(0);
  const timeZone = 'America/New_York';
  const facts = {
    ...NO_DESK,
    now,
    timeZone,
    business: [],
    businessLanguage: 'en' as const,
    informed: [],
    caller: [],
  };
  // A pattern is read the first time and compiled the second.
  for (const time of [1, 2]) {
    for (const [language, sentence] of Object.entries(SENTENCES)) {
      const text = new SpokenText(() => facts, language);
      text.add(time === 1 ? sentence : `${sentence} `);
      text.finish();
    }
  }
  lexiconOf('en');
  const agent = { name: 'Nobody', businessName: 'Nobody', instructions: '', language: 'en' };
  instructions(agent, {
    now,
    timeZone,
    callerName: null,
    languages: ['en', 'es'],
    hasPage: true,
    phone: null,
  });
}
