import { opening, words } from './words.ts';
import type { Lexicon } from './words.ts';

const MADE =
  'gebucht|eingetragen|reserviert|vereinbart|vorgemerkt|eingebucht|festgemacht|ausgemacht|fixiert|(?<!nachricht )notiert|bestätigt|gesichert';

export const GERMAN: Lexicon = {
  language: 'de',
  claims: {
    booked: words(
      `(?:${MADE})`,
      '(?:der|ihr|dein|dieser) termin (?:steht|gilt|bleibt|ist (?:fest|fix|drin|gemacht|am|um|morgen|heute))',
      '(?:sie|du) (?:haben|hast|hätten) (?:bereits |schon |jetzt |damit |nun )?(?:einen|ihren|den|deinen) (?:\\p{L}+ )?termin',
      '(?:ihren|den|deinen|einen) termin(?: \\p{L}+)? gefunden|termin gefunden',
      'stehen (?:jetzt |nun )?im kalender|steht im kalender|im kalender (?:steht|eingetragen)',
      '(?:wir sehen uns|bis) (?:dann )?(?:am|um|morgen|heute|übermorgen|\\p{L}+tag)|wir erwarten sie',
      'buchung (?:hat geklappt|war erfolgreich|ist (?:durch|erfolgt|abgeschlossen|fertig))|hat mit (?:dem termin|der buchung) geklappt|termin hat geklappt',
      'ich buchte|alles gebucht|ist (?:schon )?(?:erledigt|gemacht|drin)',
    ),
    moved: words(
      'verschoben|verlegt|umgebucht|geändert|vorverlegt|umgelegt',
      '(?:umbuchung|verschiebung|änderung) (?:hat geklappt|war erfolgreich|ist (?:durch|erfolgt|fertig))',
      'termin ist (?:jetzt|nun) (?:am|um|auf)',
    ),
    cancelled: words(
      'abgesagt|storniert|gestrichen|gelöscht|annulliert|ausgetragen',
      'stornierung (?:hat geklappt|war erfolgreich|ist (?:durch|erfolgt))',
    ),
    free: words(
      'frei|freie|freien|freier|verfügbar|verfügbare|offen',
      '(?:ich|wir) (?:habe|haben|hätte|hätten)|habe ich|haben wir|hätte ich|hätten wir',
      'anbieten|geht es|ginge es|ist möglich|wäre möglich|gibt es|es gibt|noch platz|geht noch',
      'der nächste termin|der früheste termin|frühestens',
    ),
    notFree: words(
      '(?:nichts|kein|keine|keinen|nicht)(?: \\p{L}+){0,3} (?:frei|verfügbar|möglich|mehr|offen)',
      'ausgebucht|voll belegt|alles belegt|ist (?:leider |schon |bereits )*(?:belegt|weg|vergeben)|(?:gerade|soeben|schon|bereits|eben) (?:vergeben|belegt|weg)|vergeben|keine(?:n)? (?:freien |freie )?(?:termine?|zeiten)',
    ),
    other: words(
      '(?:herr|frau|dr\\.?) \\p{L}+(?: \\p{L}+)? (?:hat|ist|kommt|war|hatte)(?: \\p{L}+| \\d+){0,7} (?:termin|dran|da|gebucht|eingetragen|zur behandlung)',
      '(?:ist|kommt|sind|hat)(?: schon| bereits| dann| leider)* (?:herr|frau|der kunde|die kundin|der patient|die patientin) \\p{L}+',
      '(?:von|für|durch) (?:herrn|frau) \\p{L}+ (?:gebucht|belegt|reserviert|vergeben)',
    ),
  },
  negation: words(
    'nicht|kein|keine|keinen|keinem|keiner|keines|nichts|nie|niemals|niemand|ohne|weder|noch nicht',
  ),
  unreal:
    /(?:^|[\s,])(?:werde|wird|werden|kann|können|könnte|könnten|soll|sollen|sollte|sollten|möchte|möchten|würde|würden|wäre|wären|muss|müssen|müsste|darf|dürfte|will|wollen|lasse|zu)(?:\s+[\p{L}\d:.-]+){0,9}\s*$/iu,
  condition:
    /(?:^|[\s,])(?:wenn|falls|sobald|bevor|nachdem|ob|sofern|bis|damit|solange|während|nach der|vor der)\s/iu,
  reported:
    /(?:^|[\s,])(?:sie|er|ihre?|du|frau|mann|partner|mutter|vater) (?:\p{L}+ )?(?:sagten|sagte|sagen|meinten|meinte|erwähnten|erwähnte|wünschten|wollten|baten|schrieben|haben gesagt|nannten|dachten|glauben|hätten gern)(?![\p{L}])|(?:^|\s)(?:sagten|meinten) sie(?![\p{L}])/iu,
  question: opening(
    '(?:also,? |und |aber |gut,? |okay,? |dann |alles klar,? |gerne?,? |danke,? )*(?:wer|was|welche[rsnm]?|wann|wo|warum|wie|wieviel|wofür|woran|soll(?:en|te|ten)?|darf|kann|können|könnten?|möchten?|wollen|würden?|wären?|haben|hatten|hätten|sind|ist|war|waren|wurden?|hat|passt|geht|brauchen|mögen|gibt|stimmt|bleibt) ',
  ),
  proposal: words(
    "wie wäre es|wie wär's|wie ist es mit|würde (?:ihnen|es|dir)?(?:.{0,40})passen|passt (?:ihnen|es|dir)|kann ich ihnen|darf ich ihnen|ginge|wie sieht es",
  ),
  freeAlone: words('(?:das|der|dieser termin|die zeit|es) (?:ist|wäre) (?:noch )?frei'),
  intention:
    /(?:^|[\s,])(?:ich (?:werde|schaue|sehe|prüfe|buche|trage|verlege|verschiebe|suche|frage)|lassen sie mich|einen moment|moment|kommen sie bitte|bitte kommen|seien sie)(?![\p{L}])/iu,
  tag: /,?\s*(?:richtig|korrekt|stimmt(?: das| so| es)?|ja|oder|okay|ok|nicht wahr|gut so|ist das (?:richtig|korrekt|so richtig|in ordnung)|passt das(?: so)?)\s*\?$/iu,
  beside:
    /(?:^|[^\p{L}])(?:geöffnet|öffnen|öffnet|schließen|schließt|öffnungszeiten|geschlossen)(?![\p{L}])/iu,
  vocabulary:
    'gebucht eingetragen reserviert vereinbart vorgemerkt bestätigt notiert verschoben verlegt umgebucht geändert abgesagt storniert gestrichen gelöscht frei verfügbar steht erledigt heute morgen übermorgen mitternacht halb viertel uhr nachmittags abends morgens termin haben'.split(
      ' ',
    ),
  leads: 'ich habe'.split(' '),
  frequent:
    'der das sie ihr ihre ihren für mit und ist ich um am einen wir nicht haben habe termin wurde'.split(
      ' ',
    ),
  times: {
    numbers: {
      ein: 1,
      eins: 1,
      zwei: 2,
      drei: 3,
      vier: 4,
      fünf: 5,
      sechs: 6,
      sieben: 7,
      acht: 8,
      neun: 9,
      zehn: 10,
      elf: 11,
      zwölf: 12,
      dreizehn: 13,
      vierzehn: 14,
      fünfzehn: 15,
      sechzehn: 16,
      siebzehn: 17,
      achtzehn: 18,
      neunzehn: 19,
      zwanzig: 20,
      dreißig: 30,
      fünfundvierzig: 45,
    },
    before: 'um|gegen|ab|bis|punkt',
    after: 'uhr',
    between: 'uhr',
    afterBefore: '',
    halfAfter: null,
    halfBefore: { words: 'halb', minutes: -30 },
    quarters: { past: 'viertel nach', to: 'viertel vor' },
    quartersAfter: { past: null, to: null },
    noon: 'mittags um zwölf',
    midnight: 'mitternacht',
    am: 'morgens|vormittags|früh',
    pm: 'nachmittags|abends',
    today: 'heute',
    tomorrow: '(?<!am |guten |jeden |gestern |heute )morgen',
    dayAfterTomorrow: 'übermorgen',
    of: '',
    ordinal: '\\.',
  },
};
