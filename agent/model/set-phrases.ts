import { languageOf } from '../../calls/languages.ts';

/** What an agent says in words that are ours, in one language. */
export interface SetPhrases {
  greeting: (businessName: string) => string;
  /** That a caller speaks with an AI: a clause behind the greeting. */
  isAi: string;
}

const ENGLISH: SetPhrases = {
  greeting: (businessName) => `Hi, this is ${businessName}, how can I help you?`,
  isAi: 'I am an AI assistant.',
};

const PHRASES: Record<string, SetPhrases> = {
  en: ENGLISH,
  es: {
    greeting: (businessName) => `Hola, le atiende ${businessName}, ¿en qué puedo ayudarle?`,
    isAi: 'Soy un asistente de IA.',
  },
  fr: {
    greeting: (businessName) => `Bonjour, ici ${businessName}, comment puis-je vous aider ?`,
    isAi: 'Je suis un assistant IA.',
  },
  de: {
    greeting: (businessName) => `Guten Tag, hier ist ${businessName}, wie kann ich Ihnen helfen?`,
    isAi: 'Ich bin ein KI-Assistent.',
  },
  pt: {
    greeting: (businessName) => `Olá, aqui é ${businessName}, como posso ajudar?`,
    isAi: 'Sou um assistente de IA.',
  },
  it: {
    greeting: (businessName) => `Buongiorno, qui ${businessName}, come posso aiutarla?`,
    isAi: 'Sono un assistente IA.',
  },
};

/** The phrases of a language, given as a BCP 47 tag; English ones where it has none. */
export function phrasesIn(language: string): SetPhrases {
  return PHRASES[languageOf(language) ?? 'en'] ?? ENGLISH;
}
