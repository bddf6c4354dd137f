import { describe, expect, it } from 'vitest';
import { opening, saysItIsAi } from '../../../agent/call/opening.ts';
import { SpokenText } from '../../../booking/truth/spoken-text.ts';
import { NO_DESK } from '../../../booking/desk/desk-facts.ts';
import { sentencesIn } from '../../../booking/languages/sentences/sentences-in.ts';
import { toLanguage } from '../../../calls/languages.ts';

const AGENT = {
  businessName: 'Harbor Street Clinic',
  greeting: null,
  disclosesAi: true,
  language: 'en',
};
const LANGUAGES = ['en', 'es-MX', 'fr', 'de-CH', 'pt-BR', 'it'];

describe('what a caller hears first', () => {
  it('is the greeting, and that it is an AI', () => {
    expect(opening(AGENT)).toBe(
      'Hi, this is Harbor Street Clinic, how can I help you? I am an AI assistant.',
    );
  });

  it.each(LANGUAGES)('is said in %s, and in one breath', (language) => {
    const said = opening({ ...AGENT, language });
    expect(said).toContain('Harbor Street Clinic');
    expect(saysItIsAi(said)).toBe(true);
    expect(said.length).toBeLessThan(100);
    expect(language === 'en' || !said.startsWith('Hi')).toBe(true);
    expect(saysItIsAi(sentencesIn(toLanguage(language)).call.isAi)).toBe(true);
  });

  it('is the greeting alone where that is switched off', () => {
    expect(opening({ ...AGENT, disclosesAi: false })).toBe(
      'Hi, this is Harbor Street Clinic, how can I help you?',
    );
  });

  it.each([
    ['en', 'Hello, you are through to the virtual assistant of Harbor Street.'],
    ['en', 'Hi! This is Ada, an AI, what can I do for you?'],
    ['en', 'Harbor Street Clinic, our A.I. receptionist speaking.'],
    ['es', 'Hola, soy la asistente virtual de la clínica.'],
    ['es', 'Buenos días, le habla una IA.'],
    ['fr', 'Bonjour, je suis l’assistante virtuelle du cabinet.'],
    ['de', 'Guten Tag, hier ist die virtuelle Assistentin der Praxis.'],
    ['de', 'Hier spricht die KI der Praxis.'],
    ['pt', 'Olá, sou a assistente digital da clínica.'],
    ['it', 'Buongiorno, sono l’assistente virtuale dello studio.'],
  ])('says it once where the own words (%s) say it: %s', (language, greeting) => {
    expect(opening({ ...AGENT, language, greeting })).toBe(greeting);
  });

  it.each([
    ['a name', 'AI Fitness', 'Hi, this is AI Fitness.'],
    ['a syllable', 'Harbor', 'Aisha at Harbor, hello.'],
    ['a denial', 'Harbor', 'Hello, this is no AI but Harbor.'],
    ['a denial in German', 'Hafen', 'Hallo, hier spricht keine KI.'],
  ])('says it all the same where %s only sounds like it', (_, businessName, greeting) => {
    expect(opening({ ...AGENT, businessName, greeting })).toBe(`${greeting} I am an AI assistant.`);
  });

  const { greeting: _, isAi: _isAi, ...others } = sentencesIn('en').call;
  const OTHERS = Object.keys(others) as (keyof typeof others)[];

  it.each(LANGUAGES)('passes the gate in %s, and so does all else that is ours', (language) => {
    const phrases = sentencesIn(toLanguage(language)).call;
    const sayings = [opening({ ...AGENT, language }), ...OTHERS.map((name) => phrases[name])];
    expect(sayings.map((saying) => falsehoodOf(saying, language))).toEqual(sayings.map(() => null));
  });
});

function falsehoodOf(saying: string, language: string) {
  const text = new SpokenText(
    () => ({
      ...NO_DESK,
      now: new Date('2026-11-23T14:00:00Z'),
      timeZone: 'Europe/Zurich',
      business: [],
      businessLanguage: 'en',
      informed: [],
      caller: [],
    }),
    language,
  );
  text.add(saying);
  text.finish();
  return text.falsehood;
}
