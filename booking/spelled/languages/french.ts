import type { SpellingLanguage } from './language.ts';

const UNITS = 'un deux trois quatre cinq six sept huit neuf'.split(' ');
const UP_TO_NINETEEN =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(
    ' ',
  );

export const FRENCH: SpellingLanguage = {
  letters: {
    h: 'hache, ache',
    j: 'ji',
    w: 'double v, double vé, double vay',
    x: 'ixe, iks',
    y: 'i grec, igrec',
    z: 'zède',
    é: 'e accent aigu',
    è: 'e accent grave',
    ç: 'c cédille, cé cédille',
  },
  homophones: {
    b: 'bé',
    c: 'cé',
    d: 'dé',
    f: 'effe',
    g: 'gé',
    k: 'ka',
    l: 'elle',
    m: 'emme',
    n: 'enne',
    p: 'pé',
    r: 'erre',
    s: 'esse',
    t: 'té, thé',
    v: 'vé',
  },
  misheard: {},
  codeWords: { x: 'xavier', w: 'william, wagon', z: 'zoé, zébra' },
  codeNames: {
    a: 'anatole',
    b: 'berthe',
    c: 'célestin',
    d: 'désiré',
    e: 'eugène',
    f: 'françois',
    g: 'gaston',
    h: 'henri',
    i: 'irma',
    j: 'joseph',
    k: 'kléber',
    l: 'louis',
    m: 'marcel',
    n: 'nicolas',
    o: 'oscar',
    p: 'pierre',
    q: 'quintal',
    r: 'raoul',
    s: 'suzanne',
    t: 'thérèse',
    u: 'ursule',
    v: 'victor',
    y: 'yvonne',
  },
  signs: {
    '@': 'arobase, arrobase, arobas, at commercial, a commercial',
    _: 'tiret bas, tiret du huit, souligné, sous-tiret',
    '-': 'tiret du six, tiret, trait d union, trait-d-union, trait',
  },
  wordSigns: { '.': 'point', '+': 'plus', '-': 'moins', "'": 'apostrophe' },
  numbers: new Map(Array.from({ length: 100 }, (_, value) => [value, spoken(value)] as const)),
  multipliers: { 100: 'cent', 1000: 'mille' },
  numberAnd: '',
  oh: 'oh',
  repeats: { 2: 'double, deux fois', 3: 'triple, trois fois' },
  capital: 'majuscule',
  small: 'minuscule',
  examples: 'comme dans, comme',
  weakExamples: 'de',
  articles: 'le, la, un, une',
  accents: [
    { phrases: 'accent aigu', made: 'eé' },
    { phrases: 'accent grave', made: 'aà eè uù' },
    { phrases: 'accent circonflexe, circonflexe', made: 'aâ eê iî oô uû' },
    { phrases: 'tréma', made: 'eë iï uü oö' },
    { phrases: 'cédille', made: 'cç' },
    { phrases: 'accent, avec accent', made: 'eéè aàâ' },
  ],
  corrections: 'non pardon, pardon, non attendez, attendez, je veux dire, excusez-moi, non non',
  weakCorrections: 'non',
  notes:
    'tout en minuscules, tout en minuscule, en minuscules, en minuscule, tout attaché, attaché, en un mot, un seul mot, sans espace, sans espaces, euh, heu, puis, et puis, ensuite, sans accent',
  labels: 'la lettre, le chiffre, le numéro',
  spellings: "j'épelle, ça s'écrit, qui s'écrit, je vous l'épelle, épelé",
  breaks: 'espace, nom de famille, le nom de famille',
  openers:
    "mon, mail, email, e-mail, adresse, l'adresse, c'est, est, oui, alors, bon, bien, nom, le, la, mél, numéro",
  closers: "c'est, est, m'appelle, suis",
  endings: "c'est tout, voilà, s'il vous plaît, merci, merci beaucoup, et voilà, d'accord",
  unclear:
    'virgule, deux points, barre oblique, slash, dièse, étoile, astérisque, parenthèse, guillemets, caractère',
  withLetter: 'avec un, avec',
  withoutLetter: 'sans',
};

/** Twenties count on after sixty and eighty; Belgians and Swiss have words of their own for 70, 80 and 90. */
function spoken(value: number): string {
  if (value < 20) return value === 1 ? 'un, une' : `${UP_TO_NINETEEN[value]}`;
  const tens = Math.floor(value / 10);
  const unit = value % 10;
  const regular = [
    'vingt',
    'trente',
    'quarante',
    'cinquante',
    'soixante',
    'septante',
    'huitante',
    'nonante',
  ];
  const word = regular[tens - 2] ?? '';
  const plain = unit === 0 ? word : `${word} ${UNITS[unit - 1]}, ${word} et ${UNITS[unit - 1]}`;
  if (value < 70) return plain;
  const [base, rest] = value < 80 ? ['soixante', value - 60] : ['quatre-vingt', value - 80];
  const teen = UP_TO_NINETEEN[rest] ?? '';
  const counted =
    rest === 0
      ? 'quatre-vingts, quatre-vingt, quatre vingts, quatre vingt'
      : [base, base.replace('-', ' ')]
          .flatMap((start) => [teen, teen.replace('-', ' ')].map((end) => `${start} ${end}`))
          .concat(value === 71 ? 'soixante et onze' : [])
          .join(', ');
  return `${counted}, ${plain}`;
}
