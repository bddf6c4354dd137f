/** A sentence of a text, from `start` to before `end`; the last one may go on. */
export interface Sentence {
  text: string;
  start: number;
  end: number;
  /** Where the next one begins: inside of one that was cut for its length. */
  next: number;
  /** Whether nothing that follows can belong to it. */
  isComplete: boolean;
}

/** A full stop after these ends no sentence. */
const ABBREVIATIONS =
  /(?:^|[\s(])(?:mrs?|ms|dr|prof|st|sra?|srta|dra?|sig|dott|mme|mlle|m|hr|fr|nr|no|z\.\s?b|bzw|ca|tel|e\.g|i\.e|approx|[\p{L}])\.$/iu;
/** After "p.m." one may begin: "at 3 p.m. Shall I", but "3 p.m. Tuesday". */
const HALF_OF_DAY = /[ap]\.\s?m\.$/iu;
const GOES_ON =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day|^(?:january|february|march|april|may|june|july|august|september|october|november|december|eastern|central|mountain|pacific|[A-Z]{3,4}\b)/iu;
/** Characters of a sentence that is judged as a whole; what goes on longer is cut at a space. */
const LONGEST = 400;
/** Characters that a sentence which was cut shares with the next: a claim may stand at the cut. */
const OVERLAP = 100;
const END = /[.!?…]+["'”’»)]*(?=\s|$)|\n+/gu;

/**
 * Cuts what was said so far into its sentences.
 * @param isDone whether the text is whole; else its last sentence may go on
 */
export function cutSentences(text: string, isDone: boolean): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (!endsSentence(text.slice(start, end), text.slice(end), isDone)) continue;
    sentences.push({ text: text.slice(start, end), start, end, next: end, isComplete: true });
    start = end;
  }
  while (text.length - start > LONGEST) {
    const space = text.lastIndexOf(' ', start + LONGEST);
    const end = space > start + OVERLAP ? space : start + LONGEST;
    const next = end - OVERLAP;
    sentences.push({ text: text.slice(start, end), start, end, next, isComplete: true });
    start = next;
  }
  const rest = text.slice(start);
  if (rest.trim() !== '') {
    const end = text.length;
    sentences.push({ text: rest, start, end, next: end, isComplete: isDone });
  }
  return sentences;
}

function endsSentence(sentence: string, following: string, isDone: boolean): boolean {
  if (/[!?…\n]["'”’»)]*$/u.test(sentence)) return true;
  const next = following.trimStart();
  if (next === '') return isDone;
  if (HALF_OF_DAY.test(sentence)) return /^[\p{Lu}¿¡"“«]/u.test(next) && !GOES_ON.test(next);
  // "am 24. November", and what only looks like an end.
  if (/\d\.$/u.test(sentence)) return !/^\p{Lu}\p{L}+/u.test(next) || !isGermanMonth(next);
  return !ABBREVIATIONS.test(sentence) && /^[\p{Lu}\d¿¡"“«(]/u.test(next);
}

function isGermanMonth(text: string): boolean {
  return /^(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)/u.test(text);
}
