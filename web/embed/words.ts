interface EmbedWords {
  /** On the button. */
  open: string;
  close: string;
  /** The name of what is opened. */
  receptionist: string;
  /** Said to screen readers. */
  opened: string;
  closed: string;
  /** In place of what could not be opened, with the link behind it. */
  unavailable: string;
  elsewhere: string;
}

/** By ISO 639-1. */
const WORDS: Record<string, EmbedWords> = {
  en: {
    open: 'Talk to us',
    close: 'Close',
    receptionist: 'Receptionist',
    opened: 'The receptionist is open.',
    closed: 'The receptionist is closed.',
    unavailable: 'The receptionist cannot be opened here.',
    elsewhere: 'Open it on its own page',
  },
  de: {
    open: 'Sprechen Sie mit uns',
    close: 'Schließen',
    receptionist: 'Empfang',
    opened: 'Der Empfang ist geöffnet.',
    closed: 'Der Empfang ist geschlossen.',
    unavailable: 'Der Empfang lässt sich hier nicht öffnen.',
    elsewhere: 'Auf eigener Seite öffnen',
  },
  es: {
    open: 'Hable con nosotros',
    close: 'Cerrar',
    receptionist: 'Recepción',
    opened: 'La recepción está abierta.',
    closed: 'La recepción está cerrada.',
    unavailable: 'La recepción no se puede abrir aquí.',
    elsewhere: 'Abrirla en su propia página',
  },
  fr: {
    open: 'Parlez-nous',
    close: 'Fermer',
    receptionist: 'Accueil',
    opened: 'L’accueil est ouvert.',
    closed: 'L’accueil est fermé.',
    unavailable: 'L’accueil ne peut pas s’ouvrir ici.',
    elsewhere: 'L’ouvrir sur sa propre page',
  },
  it: {
    open: 'Parli con noi',
    close: 'Chiudi',
    receptionist: 'Accoglienza',
    opened: 'L’accoglienza è aperta.',
    closed: 'L’accoglienza è chiusa.',
    unavailable: 'L’accoglienza non si può aprire qui.',
    elsewhere: 'Aprirla in una pagina propria',
  },
  pt: {
    open: 'Fale connosco',
    close: 'Fechar',
    receptionist: 'Receção',
    opened: 'A receção está aberta.',
    closed: 'A receção está fechada.',
    unavailable: 'A receção não pode ser aberta aqui.',
    elsewhere: 'Abrir numa página própria',
  },
};

/** The words of a BCP 47 tag; English where there are none. */
export function wordsIn(tag: string): { language: string; words: EmbedWords } {
  const [language = ''] = tag.toLowerCase().split('-');
  const words = WORDS[language];
  return words ? { language, words } : { language: 'en', words: WORDS['en'] as EmbedWords };
}

export type { EmbedWords };
