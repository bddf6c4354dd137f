import { readNumber } from '../number-words.ts';
import { isSign, writeSpoken } from './spelling.ts';

/** What was found in a text, and the text without it. */
export interface Found {
  value: string;
  rest: string;
}

/** Whole: before it stands nothing that could be of it. */
const TYPED =
  /(?<=^|[\s<>()[\]"',;:])[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]*[\p{L}\p{N}_+-]@[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+/gu;
const JOINTS = /^(?:dot|underscore|dash|hyphen)$/;
const ADDRESS =
  /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_.+'-]*[\p{L}\p{N}])?@[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)*\.\p{L}{2,}$/u;
/** Other words for "at", and words that only say how the address is written. */
const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/\bat the rate(?: of)?\b|\bat sign\b/gi, 'at'],
  [/@/g, ' at '],
  [/[([] ?(at|dot) ?[)\]]/gi, ' $1 '],
  [/ \. /g, ' dot '],
  [/\b([a-z]),? (?:as in|for|like) [a-z'-]+,?/gi, '$1'],
  // "M-A-R-Y", as recognisers write it.
  [/(?<=\b[a-z])-(?=[a-z]\b)/gi, ' '],
  [/\b(?:the )?(?:number|letter|digit)\b(?= \w)/gi, ''],
  [/\bdot (?:see|sea|c) (?:oh|o) (?:em|m)\b/gi, 'dot com'],
  [/\bdot ([a-z]) ([a-z])(?: ([a-z]))?(?= *(?:[.,;!?]|$))/gi, 'dot $1$2$3'],
  [/\bdot (co|com|org|ac) (?:(u) ?(k)|(au|nz|br|mx|za))\b/gi, 'dot $1 dot $2$3$4'],
  [/\b(?:all|in) (?:lower ?case|small letters|one word)\b|\bno spaces\b/gi, ''],
];
/** Before an address that is none: of "ann dot lee like the singer" or "a n, no, n" only the end is left. */
const NOT_MEANT = /\b(?:dot|underscore|dash|hyphen)\b|\bnot$|\b[a-hj-z] (?:no|sorry|wait|meant)$/;
/** Words that are no part of an address: it begins behind them. */
const OUTSIDE =
  /^(?:is|it's|its|it|\w+mail's|address's|name's|that's|address|e-?mail|mail|be|me|my|the|use|under|to|and|or|yes|no|sure|okay|ok|sorry|with|name|well|um|uh|reach|a|an|for|was|made|actually|one|then|write|contact|send|please|would|meant|mean|not|said|rather|instead|also|just|i|i'm|have|got)$/;

/**
 * Finds an e-mail address, typed or spoken ("mary dot smith at example dot com"); of several the
 * last, which corrects the others. Null when there is none that is whole.
 */
export function readEmailAddress(text: string): Found | null {
  const typed = [...text.matchAll(TYPED)].at(-1);
  const before = text.slice(0, typed?.index ?? 0).trimEnd();
  if (typed !== undefined && !JOINTS.test(before.split(' ').at(-1) ?? '')) {
    const value = typed[0].replace(/^[.'+-]+/, '').toLowerCase();
    return { value, rest: without(text, typed.index, typed.index + typed[0].length) };
  }
  let spoken = text;
  for (const [said, sign] of SPOKEN) spoken = spoken.replace(said, sign);
  const tokens = [...spoken.matchAll(/[^\s,;!?]+/g)];
  const words = tokens.map(({ 0: word }) =>
    word.toLowerCase().replace(/(?<=[\p{L}\d])\.+$|^'|'$/gu, ''),
  );
  // "Ann Lee, ann at …": a comma parts words; between letters and signs it is a breath.
  const isApart = (index: number): boolean => {
    const token = tokens[index];
    const isWord = (word = ''): boolean =>
      word.length > 1 && !isSign(word) && readNumber([word]) === null;
    return (
      /[,;]/.test(spoken.charAt((token?.index ?? 0) + (token?.[0].length ?? 0))) &&
      isWord(words[index]) &&
      !isSign(words[index + 1] ?? '')
    );
  };
  for (let at = words.lastIndexOf('at'); at > 0; at = words.lastIndexOf('at', at - 1)) {
    const end = domainEnd(words, at + 1);
    if (end === null) continue;
    // "Ann at example dot com ann at …": behind another address.
    const other = words.lastIndexOf('at', at - 1);
    const behind = other < 0 ? 0 : (domainEnd(words, other + 1) ?? 0);
    const floor = behind < at ? behind : 0;
    let start = at;
    while (start > floor && isLocal(words, start - 1) && !isApart(start - 1)) start--;
    if (NOT_MEANT.test(words.slice(floor, start).join(' '))) return null;
    const value = `${writeSpoken(words.slice(start, at).join(' '))}@${writeSpoken(words.slice(at + 1, end).join(' '))}`;
    if (isExplained(words.slice(start - 1, at)) || !ADDRESS.test(value)) return null;
    const [from, to] = [tokens[start], tokens[end - 1]];
    const rest = without(spoken, from?.index ?? 0, (to?.index ?? 0) + (to?.[0].length ?? 0));
    return { value, rest: readEmailAddress(rest)?.rest ?? rest };
  }
  return null;
}

/** Whether a text looks like an address that was not understood whole. */
export function triesEmailAddress(sentence: string): boolean {
  return /\S at \S|\bdot\b|@/.test(sentence);
}

/** Where a domain ends that begins at an index: after its last "dot" and what follows; null when it has none. */
function domainEnd(words: readonly string[], start: number): number | null {
  for (let index = start; index < Math.min(words.length, start + 8); index++) {
    const word = words[index] ?? '';
    if (/^[\w-]+(?:\.[a-z]{2,})+$/.test(word)) return index + 1;
    if (!isSign(word, '.') || index === start) continue;
    let end = index + 2;
    while (isSign(words[end] ?? '', '.') && words[end + 1] !== undefined) end += 2;
    return end > words.length ? null : end;
  }
  return null;
}

function isLocal(words: readonly string[], index: number): boolean {
  const word = words[index] ?? '';
  // A letter alone is spelled, also where it could be an article.
  if (/^[a-z]$/.test(word))
    return word !== 'i' || isLetter(words[index - 1]) || isLetter(words[index + 1]);
  return word !== 'at' && !OUTSIDE.test(word) && /^[\p{L}\p{M}\w.+'-]+$/u.test(word);
}

/** "… with one t at …" explains a spelling, and is no address. */
function isExplained(words: readonly string[]): boolean {
  return words.length === 3 && words[0] === 'with' && isLetter(words[2]);
}

function isLetter(word: string | undefined): boolean {
  return word !== undefined && /^[a-z]$/.test(word);
}

/** The text around an address, without the words that only introduced it. */
function without(text: string, start: number, end: number): string {
  const lead = text
    .slice(0, start)
    .replace(
      /(?:,? and)?,? ?(?:\b(?:my|the|it's|it is|that's|use|reach me at|write to)\b ?)*(?:\be-?mail(?: address)?|\baddress)?(?: would be| should be| is)?[ '",:]*$/i,
      '',
    );
  return `${lead} ${text.slice(end)}`.replace(/\s+/g, ' ').trim();
}
