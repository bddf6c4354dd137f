import { languageOf } from '../../calls/languages.ts';

/** What an agent says in words that are ours, in one language. */
export interface SetPhrases {
  greeting: (businessName: string) => string;
  /** That a caller speaks with an AI: a clause behind the greeting. */
  isAi: string;
  /** That the call is recorded, likewise. */
  isRecorded: string;
  /** Short: an answer may wait for the end of it. */
  oneMoment: string;
  minuteLeft: string;
  lessThanMinuteLeft: string;
  /** A goodbye. */
  timeIsOver: string;
}

const ENGLISH: SetPhrases = {
  greeting: (businessName) => `Hi, this is ${businessName}, how can I help you?`,
  isAi: 'I am an AI assistant.',
  isRecorded: 'This call is recorded.',
  oneMoment: 'One moment, please.',
  minuteLeft: 'We have one minute left on this call.',
  lessThanMinuteLeft: 'We have less than a minute left on this call.',
  timeIsOver:
    'I am sorry, this call has reached its longest time. Please call again if you need more. Goodbye.',
};

const PHRASES: Record<string, SetPhrases> = {
  en: ENGLISH,
  es: {
    greeting: (businessName) => `Hola, le atiende ${businessName}, ¿en qué puedo ayudarle?`,
    isAi: 'Soy un asistente de IA.',
    isRecorded: 'Esta llamada se graba.',
    oneMoment: 'Un momento, por favor.',
    minuteLeft: 'Nos queda un minuto en esta llamada.',
    lessThanMinuteLeft: 'Nos queda menos de un minuto en esta llamada.',
    timeIsOver:
      'Lo siento, esta llamada ha llegado a su duración máxima. Vuelva a llamar si necesita algo más. Adiós.',
  },
  fr: {
    greeting: (businessName) => `Bonjour, ici ${businessName}, comment puis-je vous aider ?`,
    isAi: 'Je suis un assistant IA.',
    isRecorded: 'Nous enregistrons cet appel.',
    oneMoment: 'Un instant, s’il vous plaît.',
    minuteLeft: 'Il nous reste une minute pour cet appel.',
    lessThanMinuteLeft: 'Il nous reste moins d’une minute pour cet appel.',
    timeIsOver:
      'Je suis désolé, cet appel a atteint sa durée maximale. Rappelez-nous si vous avez besoin d’autre chose. Au revoir.',
  },
  de: {
    greeting: (businessName) => `Guten Tag, hier ist ${businessName}, wie kann ich Ihnen helfen?`,
    isAi: 'Ich bin ein KI-Assistent.',
    isRecorded: 'Dieses Gespräch wird aufgezeichnet.',
    oneMoment: 'Einen Moment, bitte.',
    minuteLeft: 'Wir haben noch eine Minute für dieses Gespräch.',
    lessThanMinuteLeft: 'Wir haben noch weniger als eine Minute für dieses Gespräch.',
    timeIsOver:
      'Es tut mir leid, dieses Gespräch hat seine längste Dauer erreicht. Rufen Sie gern noch einmal an. Auf Wiederhören.',
  },
  pt: {
    greeting: (businessName) => `Olá, aqui é ${businessName}, como posso ajudar?`,
    isAi: 'Sou um assistente de IA.',
    isRecorded: 'Esta chamada é gravada.',
    oneMoment: 'Um momento, por favor.',
    minuteLeft: 'Temos mais um minuto nesta chamada.',
    lessThanMinuteLeft: 'Temos menos de um minuto nesta chamada.',
    timeIsOver:
      'Desculpe, esta chamada atingiu a duração máxima. Ligue novamente se precisar de mais alguma coisa. Até logo.',
  },
  it: {
    greeting: (businessName) => `Buongiorno, qui ${businessName}, come posso aiutarla?`,
    isAi: 'Sono un assistente IA.',
    isRecorded: 'Questa chiamata viene registrata.',
    oneMoment: 'Un attimo, per favore.',
    minuteLeft: 'Ci resta un minuto per questa chiamata.',
    lessThanMinuteLeft: 'Ci resta meno di un minuto per questa chiamata.',
    timeIsOver:
      'Mi dispiace, questa chiamata ha raggiunto la durata massima. Ci richiami se ha bisogno di altro. Arrivederci.',
  },
};

/** The phrases of a language, given as a BCP 47 tag; English ones where it has none. */
export function phrasesIn(language: string): SetPhrases {
  return PHRASES[languageOf(language) ?? 'en'] ?? ENGLISH;
}
