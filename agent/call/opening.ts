import type { Agent } from '../../db/agents.ts';
import { phrasesIn } from '../model/set-phrases.ts';

type Greeter = Pick<Agent, 'businessName' | 'disclosesAi' | 'greeting' | 'language'>;

/** Words that say it wherever they stand, in the languages that agents speak. */
const AI_IN_WORDS =
  /\b(?:artificial intelligence|AI[- ](?:assistant|receptionist|agent)|(?:virtual|digital|automated) (?:assistant|receptionist|agent)|inteligencia artificial|(?:asistente|recepcionista) (?:virtual|digital)|intelligence artificielle|(?:assistant|réceptionniste|agent)e? (?:virtuel(?:le)?|numérique)|künstliche Intelligenz|KI[- ](?:Assistent|Assistentin|Rezeption|Telefonassistent(?:in)?)|(?:virtuelle|digitale)[rsn]? (?:Telefon)?(?:assistent|assistentin|assistenz)|inteligência artificial|(?:assistente|rececionista) (?:virtual|digital)|intelligenza artificiale|assistente (?:virtuale|digitale))(?!\p{L})/iu;
/** The letters alone may be part of a name. */
const AI_IN_LETTERS = /(?<![\p{L}\d])(?:AI|A\.I\.|IA|KI)(?![\p{L}\d])/u;
/** "I am not an AI" says the contrary. */
const DENIED =
  /(?<!\p{L})(?:not?|never|nicht|keine?[nrs]?|pas|sin|sans|ni|non|senza|sem|não|jamais|nunca)(?: (?:an?|une?|una?|uma?|eine?n?|de|d'|la|le))?\s?(?:AI|A\.I\.|IA|KI|artificial|virtual|intelligence)(?!\p{L})/iu;

/** Whether words tell a caller that they speak with an AI. */
export function saysItIsAi(words: string, businessName = ''): boolean {
  if (DENIED.test(words)) return false;
  const bare = businessName === '' ? words : words.replaceAll(businessName, ' ');
  return AI_IN_WORDS.test(words) || AI_IN_LETTERS.test(bare);
}

/** A recording that is spoken of, in the languages that agents speak. */
const RECORDED =
  /(?<!\p{L})(?:(?:is|are|be|being|get|gets) recorded|(?:we|I) (?:are )?record(?:ing)?|se graba|grabad[ao]s?|grabando|grabamos|enregistr(?:é|ée|és|ées|ons|e)|aufgezeichnet|aufgenommen|zeichnen|gravad[ao]s?|gravando|gravamos|registrat[aoei]|registriamo)(?!\p{L})/iu;
/** "This call is not recorded" says the contrary. */
const NOT_RECORDED =
  /(?<!\p{L})(?:not|never|no|nicht|keine?|pas|jamais|nunca|não|non)(?!\p{L})|n't\b/iu;

/** Whether words tell a caller that the call is recorded. */
export function saysItIsRecorded(words: string): boolean {
  return words.split(/[.!?]/).some((each) => RECORDED.test(each) && !NOT_RECORDED.test(each));
}

/**
 * What a caller hears first: the greeting, and, where the greeting does not say so, that it is an AI and
 * that the call is recorded.
 */
export function opening(agent: Greeter, { isRecorded = false } = {}): string {
  const phrases = phrasesIn(agent.language);
  const greeting = agent.greeting ?? phrases.greeting(agent.businessName);
  const saysAi = !agent.disclosesAi || saysItIsAi(greeting, agent.businessName);
  const saysRecorded = !isRecorded || saysItIsRecorded(greeting);
  return [
    greeting,
    ...(saysAi ? [] : [phrases.isAi]),
    ...(saysRecorded ? [] : [phrases.isRecorded]),
  ].join(' ');
}
