import type { Agent } from '../../db/agents.ts';
import { sentencesIn } from '../../booking/languages/sentences/sentences-in.ts';
import { toLanguage } from '../../calls/languages.ts';

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

/**
 * That a call is recorded, in the languages that agents speak: a message, a wish or a booking that "is
 * recorded" says nothing of the call. Between the call and its verb stand no words of another subject.
 */
const RECORDED: readonly RegExp[] = [
  /(?<!\p{L})(?:calls?|conversations?)(?: (?:may|might|will|can|could|to|with|us|this|our|number|line|on|always|also|all|now|both))* (?:is|are|be|being|get|gets)(?: (?:being|always|also|now|currently|automatically|monitored|and|or))* recorded(?!\p{L})/iu,
  /(?<!\p{L})(?:we|I)(?:'(?:re|m|ll))?(?: (?:will|may|do|are|am|be|always|also|now))* record(?:ing)?(?: (?:this|the|our|your|all|every|each|of|these|phone|telephone))* (?:calls?|conversations?)(?!\p{L})/iu,
  /(?<!\p{L})(?:on|this is) a recorded (?:line|call)(?!\p{L})/iu,
  /(?<!\p{L})(?:llamadas?|conversaci(?:ón|ones))(?: (?:telefónicas?|puede|pueden|podrá|podrán|va|van|a|también|siempre|con|nosotros))* (?:(?:es|son|está|están|será|serán|ser|queda|quedan)(?: siendo)? grabadas?|se graban?|se están? grabando|se grabarán?)(?!\p{L})/iu,
  /(?<!\p{L})(?:grabamos|estamos grabando|se graban?|se están? grabando)(?: (?:esta|la|las|todas|su|sus|nuestras|estas|cada))* (?:llamadas?|conversaci(?:ón|ones))(?!\p{L})/iu,
  /(?<!\p{L})(?:appels?|conversations?|communications?|entretien)(?: (?:téléphoniques?|peut|peuvent|pourra|pourront|va|vont|avec|nous))* (?:est|sont|sera|seront|être)(?: (?:toujours|aussi|tous|toutes|actuellement))* enregistrée?s?(?!\p{L})/iu,
  /(?<!\p{L})(?:nous|j'|je|on) ?enregistr(?:ons|e|erons)(?: (?:cet|cette|l'|le|la|les|tous|toutes|votre|vos|nos|ces))* ?(?:appels?|conversations?|communications?|entretien)(?!\p{L})/iu,
  /(?<!\p{L})(?:(?:telefon)?(?:gespräche?|anrufe?)|telefonate?)(?: (?:wird|werden|kann|können|darf|dürfen))(?: (?:zu|zur|zum|aus|für|jetzt|immer|auch|hier|und|intern|automatisch|\p{L}+(?:zwecken?|sicherung|kontrolle|gründen)))* (?:aufgezeichnet|aufgenommen|mitgeschnitten)(?!\p{L})/iu,
  /(?<!\p{L})(?:wird|werden)(?: (?:dieses|dieser|das|der|die|diese|ihr|ihre|unser|unsere|jedes|jeder|alle))* (?:(?:telefon)?(?:gespräche?|anrufe?)|telefonate?)(?: (?:jetzt|immer|auch|hier))* (?:aufgezeichnet|aufgenommen|mitgeschnitten)(?!\p{L})/iu,
  /(?<!\p{L})(?:(?:wir|ich) (?:zeichnen?|nehmen?)|(?:zeichnen|nehmen) wir)(?: (?:dieses|diesen|das|den|die|ihr|ihren|unser|unseren|jedes|jeden|alle|jetzt|nun|auch|immer))* (?:(?:telefon)?(?:gespräche?|anrufe?)|telefonate?)(?: \p{L}+){0,2} auf(?!\p{L})/iu,
  /(?<!\p{L})(?:chamadas?|ligaç(?:ão|ões)|conversas?|telefonemas?|atendimentos?)(?: (?:telef[óô]nic[ao]s?|pode|podem|poderá|poderão|vai|vão|também|sempre))* (?:é|são|está|estão|será|serão|ser)(?: (?:a|ser|sendo))* (?:gravad[ao]s?)(?!\p{L})/iu,
  /(?<!\p{L})(?:gravamos|estamos a gravar|estamos gravando|grava-se|gravam-se)(?: (?:esta|este|a|o|as|os|todas|todos|sua|suas|nossas|cada))* (?:chamadas?|ligaç(?:ão|ões)|conversas?|telefonemas?|atendimentos?)(?!\p{L})/iu,
  /(?<!\p{L})(?:chiamat[ae]|telefonat[ae]|conversazion[ei])(?: (?:telefonic(?:a|he)|può|possono|potrebbe|potrebbero|sempre|anche))* (?:viene|vengono|è|sono|sarà|saranno|verrà|verranno|essere) registrat[ae](?!\p{L})/iu,
  /(?<!\p{L})(?:registriamo|stiamo registrando|si registra|si registrano)(?: (?:questa|la|le|tutte|sua|sue|nostre|queste|ogni))* (?:chiamat[ae]|telefonat[ae]|conversazion[ei])(?!\p{L})/iu,
];
/** "What you said in this call is recorded" has another subject. */
const ASIDE =
  /(?<!\p{L})(?:(?:about|after|during|from|in|pendant|durant|de|dans|par|sur|en|por|sobre|durante|nesta|desta|na|da|nas|das|pela|nella|della|di|per|sulla|dalla)(?: (?:this|the|your|our|cet|cette|le|la|votre|notre|esta|su|nuestra|a|sua|nossa|questa|nostra))?(?: l'| )(?:calls?|conversations?|communications?|appels?|entretien|llamadas?|conversaci(?:ón|ones)|chamadas?|ligaç(?:ão|ões)|conversas?|telefonemas?|atendimentos?|chiamat[ae]|telefonat[ae]|conversazion[ei])|(?:diesem|dem|ihrem|unserem|im|beim|vom|zum) (?:telefon)?(?:gespräch|anruf|telefonat))(?!\p{L})/giu;
/** "This call is not recorded" says the contrary. */
const NOT_RECORDED =
  /(?<!\p{L})(?:not|never|no|nicht|keine?|pas|jamais|nunca|não|non)(?!\p{L})|n't\b/iu;

/** Whether words tell a caller that the call is recorded. */
export function saysItIsRecorded(words: string): boolean {
  return words
    .replaceAll('’', "'")
    .split(/[.!?]/)
    .map((each) => each.trim().replaceAll(/\s+/g, ' ').replaceAll(ASIDE, ' … '))
    .some((each) => RECORDED.some((said) => said.test(each)) && !NOT_RECORDED.test(each));
}

/**
 * What a caller hears first: the greeting, and, where the greeting does not say so, that it is an AI and
 * that the call is recorded.
 */
export function opening(agent: Greeter, { isRecorded = false } = {}): string {
  const phrases = sentencesIn(toLanguage(agent.language)).call;
  const greeting = agent.greeting ?? phrases.greeting(agent.businessName);
  const saysAi = !agent.disclosesAi || saysItIsAi(greeting, agent.businessName);
  const saysRecorded = !isRecorded || saysItIsRecorded(greeting);
  return [
    greeting,
    ...(saysAi ? [] : [phrases.isAi]),
    ...(saysRecorded ? [] : [phrases.isRecorded]),
  ].join(' ');
}
