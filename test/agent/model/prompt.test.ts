import { expect, it } from 'vitest';
import { LANGUAGES } from '../../../calls/languages.ts';
import { instructions } from '../../../agent/model/prompt.ts';

const CALL = {
  now: new Date('2026-11-23T14:00:00Z'),
  timeZone: 'Europe/Zurich',
  callerName: null,
  languages: LANGUAGES,
  hasPage: false,
  phone: null,
};

it.each([
  ['de-CH', 'Swiss High German'],
  ['pt-BR', 'Brazilian Portuguese'],
])('speaks %s, and hands wishes on in English words', (language, name) => {
  const agent = { name: 'Empfang', businessName: 'Praxis', instructions: '', language };
  const told = instructions(agent, CALL);
  expect(told).toContain(`Speak ${name}.`);
  expect(told).toMatch(/Tools understand English.*translate the words of days and times/);
});
