import { countBy } from './count.ts';
import type { SpellingLanguage } from './language.ts';

const UNITS = 'uno dos tres cuatro cinco seis siete ocho nueve'.split(' ');

export const SPANISH: SpellingLanguage = {
  letters: {
    f: 'efe',
    h: 'hache',
    j: 'jota',
    l: 'ele',
    m: 'eme',
    n: 'ene',
    ñ: 'eñe',
    q: 'cu',
    r: 'erre, ere',
    s: 'ese',
    v: 'uve, ve corta, ve baja, ve chica, ve pequeña, ve chiquita, uve baja',
    b: 'be larga, be alta, be grande',
    w: 'uve doble, doble uve, doble u, doble ve, ve doble',
    x: 'equis',
    y: 'i griega, y griega, ye',
    z: 'zeta, ceta, seta',
    i: 'i latina',
  },
  homophones: { b: 'be', c: 'ce', d: 'de', g: 'ge', k: 'ka', p: 'pe', t: 'te', v: 've' },
  misheard: {},
  codeWords: { x: 'xilófono', w: 'washington', ñ: 'ñandú, ñoño' },
  codeNames: {
    a: 'antonio, ana, alicia',
    b: 'burro, barcelona, beatriz',
    c: 'carmen, casa, carlos',
    d: 'dolores, dedo',
    e: 'enrique, españa',
    f: 'francia, francisco',
    g: 'gerona, gato',
    h: 'historia, huelva',
    i: 'inés, italia',
    j: 'josé, jaén',
    k: 'kilo',
    l: 'lorenzo, lima',
    m: 'madrid, maría, méxico',
    n: 'navarra, navidad',
    o: 'oviedo, oso',
    p: 'parís, pedro',
    q: 'queso, quito',
    r: 'ramón, roma',
    s: 'sábado, sevilla',
    t: 'tarragona, toledo',
    u: 'ulises, uruguay',
    v: 'valencia, vaca',
    y: 'yegua, yolanda',
    z: 'zaragoza, zapato',
  },
  signs: {
    '@': 'arroba, a roba, signo arroba',
    _: 'guion bajo, guión bajo, subguion, subguión, barra baja, raya baja, raya al piso, subrayado, guion abajo, guión abajo',
    '-': 'guion medio, guión medio, guion, guión, guion alto, guión alto',
    "'": 'apóstrofo, apóstrofe',
  },
  wordSigns: { '.': 'punto', '+': 'más, mas', '-': 'menos, raya' },
  numbers: new Map([
    ...countBy({
      upToNineteen: [
        'cero',
        'uno, un',
        ...'dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve'.split(
          ' ',
        ),
      ],
      tens: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' '),
      join: (ten, unit) => `${ten} y ${unit}`,
      units: UNITS,
    }),
    ...'veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'
      .split(' ')
      .map((word, index) => [21 + index, word] as const),
    ...'doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos'
      .split(' ')
      .map((word, index) => [200 + 100 * index, word] as const),
  ]),
  multipliers: { 100: 'cien, ciento', 1000: 'mil' },
  numberAnd: 'y',
  oh: 'oh',
  repeats: { 2: 'doble, dos veces', 3: 'triple, tres veces' },
  capital: 'mayúscula, mayúsculas',
  small: 'minúscula, minúsculas',
  examples: 'como en, como',
  weakExamples: 'de, por, para',
  articles: 'el, la, un, una',
  accents: [
    {
      phrases: 'con tilde, con acento, acentuada, tilde, acento, con acento agudo',
      made: 'aá eé ií oó uú nñ',
    },
    { phrases: 'con diéresis, diéresis, con dos puntos', made: 'uü' },
    { phrases: 'con cedilla, cedilla', made: 'cç' },
  ],
  corrections:
    'no perdón, perdón, perdone, digo, no digo, quiero decir, no espera, espera, no espere, disculpe, corrijo, me equivoqué, mejor dicho, no no',
  weakCorrections: 'no',
  notes:
    'todo en minúsculas, todo en minúscula, todo minúsculas, en minúsculas, en minúscula, minúsculas, todo junto, una palabra, una sola palabra, en una palabra, sin espacios, sin espacio, al final, al principio, en medio, todo seguido, todo pegado, em, este, luego, después, y luego, y después, entonces, sin acento, sin tilde, todo en mayúsculas',
  labels: 'la letra, letra, el número, número, el dígito, los números',
  spellings:
    'se escribe, deletreado, se deletrea, lo deletreo, escrito, eso es, se lo deletreo, que se escribe',
  breaks: 'espacio, apellido, el apellido, y apellido, segundo apellido, otra palabra, nombre',
  openers:
    'mi, el, la, correo, electrónico, email, e-mail, mail, dirección, es, sí, claro, bueno, pues, vale, nombre, a, ver, apunte, anote, número, teléfono, sería, de',
  closers: 'es, sería, soy, me llamo, llamo, a ver, apunte, anote',
  endings:
    'eso es todo, eso es, ya está, por favor, gracias, muchas gracias, nada más, y ya, y ya está, de acuerdo',
  unclear:
    'con punto, con guion, con guión, con guion bajo, con guión bajo, coma, dos puntos, punto y coma, barra, almohadilla, asterisco, numeral, comillas, paréntesis, signo, símbolo, ampersand',
  withLetter: 'con',
  withoutLetter: 'sin',
};
