import {
  numberWords,
  ordinalWords,
} from '../../../../../../rehearsal/simulators/openai-realtime/mind/number-words.ts';

/** Words that carry nothing: a reply is the same with and without them. */
const FILLER = new Set(
  "a an the i i'd i'll i'm am it it's is to of in on at be for please and so you can could do let's that's we hi hello there have um uh o'clock".split(
    ' ',
  ),
);

/** The words that carry a sentence, numbers in words and digits one by one. */
export function contentWords(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/e-mail/g, 'email')
    .replace(/@/g, ' at ')
    .replace(/(?<=[a-z])\.(?=[a-z])/g, ' dot ')
    .replace(/_/g, ' underscore ')
    .replace(/:00\b/g, '')
    .replace(/\b(\d{1,2})(?:st|nd|rd|th)\b/g, (_, day: string) => ordinalWords(Number(day)))
    .replace(/\d{3,}/g, (digits) => digits.split('').join(' '))
    .replace(/[^a-z\d']+/g, ' ')
    .split(' ')
    .map((word) => (/^\d{1,2}$/.test(word) ? numberWords(Number(word)) : word))
    .filter((word) => word !== '' && !FILLER.has(word));
}

/** Whether every word that carries the sentence was heard. */
export function hasContent(heard: string, said: string): boolean {
  const rest = contentWords(heard);
  return contentWords(said).every((word) => {
    const at = rest.indexOf(word);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}
