import { countBy } from './count.ts';
import type { SpellingLanguage } from './language.ts';

const UNITS = 'ein zwei drei vier fünf sechs sieben acht neun'.split(' ');

/** Up to 99. */
const NUMBERS = countBy({
  upToNineteen: [
    'null',
    'eins, ein',
    'zwei, zwo',
    'drei, dreie',
    ...'vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(
      ' ',
    ),
  ],
  tens: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' '),
  join: (ten, unit) => `${unit}und${ten}, ${unit} und ${ten}`,
  units: UNITS,
});

export const GERMAN: SpellingLanguage = {
  letters: {
    j: 'jot, jott',
    q: 'kuh',
    v: 'vau',
    x: 'ix, iks',
    y: 'ypsilon, üpsilon',
    z: 'zett, zet',
    ß: 'eszett, scharfes s, scharfes es, doppel-s-zett, es zett, scharf s, ess-zett',
    ä: 'ae umlaut',
  },
  homophones: {
    b: 'be, beh',
    c: 'ce, zeh',
    d: 'de, deh',
    f: 'ef, eff',
    g: 'ge, geh',
    h: 'ha',
    k: 'ka',
    l: 'el, ell',
    m: 'em',
    n: 'en',
    p: 'pe, peh',
    q: 'ku, qu',
    r: 'er, err',
    s: 'es, ess',
    t: 'te, teh, tee',
    w: 'we, weh',
  },
  misheard: {},
  codeWords: {
    x: 'xanthippe, xanten',
    z: 'zeppelin, zacharias, zwickau',
    q: 'quelle, quickborn',
    ä: 'ärger, aachen umlaut',
    ö: 'ökonom, österreich, oldenburg umlaut',
    ü: 'übermut, übel, unna umlaut',
    y: 'ypern',
    n: 'nordpol',
    c: 'cäsar, cottbus, chemnitz',
  },
  // DIN 5009 of 1996 and of 2022, and those of Austria and Switzerland.
  codeNames: {
    a: 'anton, anna, aachen, augsburg',
    b: 'berta, bertha, berlin',
    d: 'dora, daniel, düsseldorf',
    e: 'emil, essen',
    f: 'friedrich, frankfurt',
    g: 'gustav, goslar',
    h: 'heinrich, hamburg',
    i: 'ida, ingelheim',
    j: 'julius, jakob, jena',
    k: 'kaufmann, konrad, kaiser, köln',
    l: 'ludwig, leopold, leipzig',
    m: 'martha, marta, marie, münchen',
    n: 'nikolaus, niklaus, nürnberg',
    o: 'otto, offenbach',
    p: 'paula, peter, potsdam',
    r: 'richard, rosa, rostock',
    s: 'samuel, siegfried, sophie, salzwedel',
    t: 'theodor, tübingen',
    u: 'ulrich, unna',
    v: 'viktor, victor, völklingen',
    w: 'wilhelm, wuppertal',
    z: 'zürich, zelle',
  },
  signs: {
    '@': 'klammeraffe, at-zeichen, at zeichen, ät, affenschwanz, affe',
    _: 'unterstrich, unterstreich',
    '-': 'bindestrich, minuszeichen, mittelstrich, trennstrich',
    "'": 'apostroph, hochkomma',
    '+': 'pluszeichen',
  },
  wordSigns: { '.': 'punkt', '-': 'minus, strich', '+': 'plus', '@': 'at, ad, et' },
  numbers: new Map([...NUMBERS, ...hundreds()]),
  multipliers: { 100: 'hundert, einhundert', 1000: 'tausend, eintausend' },
  numberAnd: 'und',
  oh: 'oh',
  repeats: { 2: 'doppel, doppelt, zweimal, zwei mal, doppeltes', 3: 'dreifach, dreimal, drei mal' },
  capital: 'groß, großes, großer, gross, großgeschrieben',
  small: 'klein, kleines, kleiner, kleingeschrieben',
  examples: 'wie in, wie bei, wie',
  weakExamples: 'für, von',
  articles: 'der, die, das',
  accents: [
    { phrases: 'umlaut, mit umlaut, mit pünktchen, mit zwei punkten, strich', made: 'aä oö uü' },
    { phrases: 'akut, accent aigu, mit akzent', made: 'aá eé ií oó uú' },
    { phrases: 'accent grave, gravis', made: 'aà eè ù' },
    { phrases: 'cedille, mit cedille', made: 'cç' },
  ],
  corrections:
    'nein halt, nein moment, nein entschuldigung, entschuldigung, quatsch, ach quatsch, ich meine, nein ich meine, korrektur, moment, halt nein, falsch, sorry, ach nein, nee, pardon',
  weakCorrections: 'nein, halt',
  notes:
    'alles klein, alles kleingeschrieben, alles klein geschrieben, klein geschrieben, alles zusammen, alles zusammengeschrieben, zusammengeschrieben, zusammen geschrieben, in einem wort, ein wort, alles in einem wort, alles kleinbuchstaben, kleinbuchstaben, ohne leerzeichen, ohne punkt, am ende, am anfang, in der mitte, äh, ähm, hm, also, dann, und dann, alles groß, großgeschrieben, kleingeschrieben',
  labels: 'der buchstabe, buchstabe, die ziffer, ziffer, die zahl, zahl, die nummer, nummer',
  spellings:
    'buchstabiert, ich buchstabiere, das ist, das schreibt man, geschrieben, das buchstabiert man',
  breaks: 'leerzeichen, neues wort, nachname, der nachname, nachname ist, familienname, vorname',
  openers:
    'ja, also, meine, mein, die, der, das, e-mail, email, mail, e-mail-adresse, e-mail adresse, emailadresse, mailadresse, adresse, name, ich, heiße, wäre, lautet, gut, okay, gerne, nummer, telefonnummer, handynummer, so, erreichen, sie, mich, unter, vorname, nachname, ist, wie, folgt',
  closers: 'ist, lautet, wäre, heiße, unter, das ist, ist die, bin, wie folgt',
  endings:
    "das ist alles, das wars, das war's, das war es, bitte, danke, danke schön, dankeschön, genau, vielen dank, okay",
  unclear:
    'mit punkt, mit einem punkt dazwischen, mit unterstrich, mit bindestrich, komma, doppelpunkt, strichpunkt, schrägstrich, raute, rautezeichen, stern, sternchen, klammer, klammer auf, klammer zu, anführungszeichen, fragezeichen, ausrufezeichen, sonderzeichen, zeichen',
  withLetter: 'mit einem, mit',
  withoutLetter: 'ohne',
};

/** Hundreds and the years of two centuries, each of which is one word. */
function* hundreds(): Generator<readonly [number, string]> {
  for (let hundred = 2; hundred < 10; hundred++) {
    yield [100 * hundred, `${UNITS[hundred - 1]}hundert`];
  }
  for (const [value, words] of NUMBERS) {
    const rest = value === 0 ? '' : (words.split(',')[0] ?? '').replaceAll(' ', '');
    yield [1900 + value, `neunzehnhundert${rest}`];
    yield [2000 + value, `zweitausend${rest}`];
  }
}
