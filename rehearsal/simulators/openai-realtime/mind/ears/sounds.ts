import type { Dictionary } from './dictionary.ts';

/** Consonants that are heard for one another have one sign; so have all vowels, but for the r in some. */
const OF_PHONES: Record<string, string> = {
  B: 'p',
  P: 'p',
  D: 't',
  T: 't',
  DH: 'T',
  TH: 'T',
  G: 'k',
  K: 'k',
  F: 'f',
  V: 'f',
  S: 's',
  Z: 's',
  SH: 'X',
  ZH: 'X',
  CH: 'X',
  JH: 'X',
  M: 'n',
  N: 'n',
  NG: 'n',
  L: 'l',
  R: 'r',
  W: 'w',
  HH: 'h',
  Y: 'y',
  ER: 'ar',
};

const OF_LETTERS: readonly (readonly [RegExp, string])[] = [
  [/(.)\1/g, '$1'],
  [/^kn|^gn/g, 'n'],
  [/^wr/g, 'r'],
  [/tion|sion/g, 'Xan'],
  [/ph/g, 'f'],
  [/sch|sh|ch|tch|dge?(?=$|[iy])|j/g, 'X'],
  [/th/g, 'T'],
  [/d/g, 't'],
  [/gh(?=t|$)/g, ''],
  [/ck|q|c(?![eiy])|g|x/g, 'k'],
  [/c|z/g, 's'],
  [/b/g, 'p'],
  [/v/g, 'f'],
  [/m/g, 'n'],
  [/e$/g, ''],
  [/[aeiou]+[yw]?|(?<!^)y/g, 'a'],
];

/** The sounds of a word, coarsely: as the dictionary has it, or as English is spelled. */
export function soundsOf(word: string, dictionary: Dictionary): string {
  const phones = dictionary(word);
  if (phones === undefined) {
    return OF_LETTERS.reduce(
      (text, [from, to]) => text.replace(from, to),
      word.replace(/[^a-z]/g, ''),
    );
  }
  return phones.map((phone) => OF_PHONES[phone] ?? 'a').join('');
}
