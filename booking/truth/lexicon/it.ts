import { opening, words } from './words.ts';
import type { Lexicon } from './words.ts';

const MADE =
  'prenotat[oaie]|confermat[oaie]|fissat[oaie]|segnat[oaie]|registrat[oaie]|inserit[oaie]|riservat[oaie]|bloccat[oaie]|programmat[oaie]';

export const ITALIAN: Lexicon = {
  language: 'it',
  claims: {
    booked: words(
      `(?:ho|abbiamo|l'ho|le ho|gliel'ho|la ho|l'abbiamo|vi ho) (?:già |appena |subito |anche )?(?:${MADE}|preso|messo|messa)`,
      `(?:è|sono|è stat[oa]|sono stat[oaie]|risulta|rimane|resta) (?:già |ora |tutto |tutta |appena |quindi |adesso )*(?:stat[oa] )?(?:${MADE}|in agenda|in lista|in calendario|a posto|valido)`,
      `(?:tutto|fatto,?|perfetto,?) (?:${MADE})`,
      "(?:lei )?(?:ha|hai) (?:già )?(?:un|l'|il suo|il tuo) ?(?:\\p{L}+ )?appuntamento",
      "trovato (?:il suo|un|l'|il tuo) ?appuntamento",
      'prenotazione (?:è andata a buon fine|è riuscita|è fatta|è confermata)|andata a buon fine',
      "(?:il suo|il tuo|l') ?appuntamento è (?:per|alle|il|domani|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)",
      'ci vediamo|la aspettiamo|è fatta|è fatto',
    ),
    moved: words(
      "(?:ho|abbiamo|l'ho|gliel'ho) (?:già |appena )?(?:spostat|cambiat|riprogrammat|rimandat|posticipat|anticipat|modificat)[oa]",
      '(?:è|è stat[oa]|risulta) (?:già |ora |appena )*(?:stat[oa] )?(?:spostat|cambiat|riprogrammat|rimandat|posticipat|anticipat|modificat)[oa]',
      'appuntamento è (?:ora|adesso) (?:fissato |spostato )?(?:per|alle|a)',
    ),
    cancelled: words(
      "(?:ho|abbiamo|l'ho|gliel'ho) (?:già |appena )?(?:cancellat|annullat|disdett|eliminat)[oa]",
      '(?:è|è stat[oa]|risulta) (?:già |ora |appena )*(?:stat[oa] )?(?:cancellat|annullat|disdett|eliminat)[oa]',
    ),
    free: words(
      'liber[oaie]|disponibil[ei]|disponibilità|posto|posti',
      "ho|abbiamo|avrei|avremmo|c'è|ci sono|offrir(?:le|ti)|proporre|proporle|possiamo",
      'il primo (?:orario|appuntamento|posto)|al più presto',
    ),
    notFree: words(
      "non (?:c'è|ci sono|ho|abbiamo|è|sono)(?: \\p{L}+){0,4} (?:liber[oaie]|disponibil[ei]|posto|posti|orari)",
      'al completo|niente di libero|(?:sono|è) (?:appena |già )*(?:stat[oaie] )?(?:pres[oaie]|occupat[oaie])|esaurit[oaie]|tutto (?:pieno|occupato|esaurito)',
    ),
    other: words(
      '(?:il signor|la signora|la signorina|il sig\\.?|la sig\\.ra) \\p{L}+(?: \\p{L}+)? (?:già )?(?:ha|viene|è|aveva)',
      "(?:viene|c'è|dal|dalla|per il|per la) (?:già )?(?:signor|il signor|la signora|la signorina|signora) \\p{L}+",
    ),
  },
  negation: words('non|nessun[oa]?|niente|nulla|mai|nemmeno|neanche|senza|né'),
  unreal:
    /(?:^|[\s,])(?:sto|posso|possiamo|potrei|vuole|vorrei|devo|deve|per|sarà|sarebbe|sia|avrei|avrebbe|essere)\s*$/iu,
  condition:
    /(?:^|[\s,])(?:se|quando|una volta|appena sarà|non appena|prima d[ei]l?|dopo|finché|a meno|mentre|affinché|dopo la)\s/iu,
  reported:
    /(?:^|[\s,])(?:(?:lei |mi )?ha detto|diceva|dice|ha menzionato|ha chiesto|voleva|pensava|crede|mi ha detto)(?![\p{L}])|(?:^|\s)ho capito/iu,
  question: opening(
    '(?:allora,? |e |ma |quindi,? |bene,? |va bene,? |perfetto,? |grazie,? )*(?:chi|che cosa|cosa|quale|quali|quando|dove|come|perché|quanto|che giorno|che ora)(?![\\p{L}])',
  ),
  proposal: words(
    'che ne dice|che ne dici|(?:le|ti) andrebbe|(?:le|ti) va bene|andrebbe bene|potrebbe andare|posso offrirle|preferisce',
  ),
  freeAlone: words("(?:è|quell'orario è|quello è)(?: ancora)? (?:libero|disponibile)"),
  intention:
    /(?:^|[\s,])(?:sto per|adesso (?:guardo|prenoto)|(?:lo|la|le|glielo) (?:prenoto|sposto|cerco|fisso)|guardo|controllo|mi lasci|un attimo|un momento|arrivi|venga)(?![\p{L}])/iu,
  tag: /,?\s*(?:giusto|corretto|vero|va bene|esatto|ok|sì|è corretto|no|d'accordo|è giusto)\s*\?$/iu,
  beside:
    /(?:^|[^\p{L}])(?:apriamo|apre|aperto|aperti|aperta|chiudiamo|chiude|chiuso|chiusi|orario di apertura|orari di apertura)(?![\p{L}])/iu,
  vocabulary:
    'prenotato prenotata confermato confermata fissato fissata segnata registrato inserito riservato spostato spostata cambiato rimandato anticipato cancellato cancellata annullato annullata disdetto disdetta libero disponibile oggi domani dopodomani mezzogiorno mezzanotte mezza appuntamento prenotazione'.split(
      ' ',
    ),
  leads: 'ho'.split(' '),
  frequent:
    'il lei suo sua per con che una è alle di non sono ho del appuntamento stato prenotazione'.split(
      ' ',
    ),
  times: {
    numbers: {
      una: 1,
      due: 2,
      tre: 3,
      quattro: 4,
      cinque: 5,
      sei: 6,
      sette: 7,
      otto: 8,
      nove: 9,
      dieci: 10,
      undici: 11,
      dodici: 12,
      tredici: 13,
      quattordici: 14,
      quindici: 15,
      sedici: 16,
      diciassette: 17,
      diciotto: 18,
      diciannove: 19,
      venti: 20,
      trenta: 30,
      quaranta: 40,
      quarantacinque: 45,
      cinquanta: 50,
    },
    before: "alle|all'|le|dalle|verso le|fino alle|per le",
    after: 'in punto',
    between: '',
    afterBefore: '',
    halfAfter: 'e mezz[ao]',
    halfBefore: null,
    quarters: { past: null, to: null },
    quartersAfter: { past: 'e un quarto', to: 'meno un quarto' },
    noon: 'mezzogiorno',
    midnight: 'mezzanotte',
    am: 'di mattina|del mattino',
    pm: 'del pomeriggio|di pomeriggio|di sera|della sera',
    today: 'oggi',
    tomorrow: 'domani',
    dayAfterTomorrow: 'dopodomani',
    of: '',
    ordinal: '°|º',
  },
};
