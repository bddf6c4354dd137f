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

/** What a caller hears first: the greeting, and that it is an AI where the greeting does not say so. */
export function opening(agent: Greeter): string {
  const phrases = phrasesIn(agent.language);
  const greeting = agent.greeting ?? phrases.greeting(agent.businessName);
  const isSaid = !agent.disclosesAi || saysItIsAi(greeting, agent.businessName);
  return isSaid ? greeting : `${greeting} ${phrases.isAi}`;
}
