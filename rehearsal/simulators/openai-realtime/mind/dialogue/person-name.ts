import { FAMILY_NAMES, GIVEN_NAMES } from '../grammar/common-names.ts';
import { readSpelling } from './spelling.ts';

const KNOWN_NAMES = new Set([...GIVEN_NAMES, ...FAMILY_NAMES]);
const INTRODUCED =
  /\b(?:my (?:full )?name is|my name's|the name is|name:?|i am|i'm|this is|it is|it's|call me|for)\s+(?<name>[\p{L}'’.-]+(?:\s+[\p{L}'’.-]+){0,3})/iu;
/** Words that end a name: "my name is Mary Smith and my e-mail is …". */
const AFTER_NAME =
  /\s+(?:and|my|the|please|thanks|thank|i|i'd|with|at|on|that|spelled|e-?mail|would|want|looking|need|for)\b.*$/iu;
const NOT_NAMES = new Set(
  'wrong incorrect correct right a an the looking calling here fine good great sorry not just interested free flexible in on at for me my yes no please next monday tuesday wednesday thursday friday saturday sunday today tomorrow'.split(
    ' ',
  ),
);

/**
 * Finds the caller's name. `asked`: a name was asked for, so that the whole sentence may be one.
 * Answers null when there is none.
 */
export function readPersonName(text: string, asked: boolean): string | null {
  const sentence = text.trim().replace(/[.!?,]+$/, '');
  const spelled = asked ? readSpelling(sentence) : null;
  if (spelled !== null) return capitalize(spelled);
  const introduced = INTRODUCED.exec(sentence)?.groups?.['name']?.replace(AFTER_NAME, '');
  const explicit = /\bname\b/i.test(sentence);
  if (introduced !== undefined && (asked || explicit)) {
    const name = accept(introduced);
    if (name !== null) return name;
  }
  if (!asked) return null;
  const bare = sentence
    .replace(/^(?:yes|no|okay|ok|sure|hi|hello|it's|it is|actually)[, ]+/i, '')
    .replace(AFTER_NAME, '');
  const words = bare.split(/\s+/);
  if (words.length === 0 || words.length > 4) return null;
  const known = words.some((word) => KNOWN_NAMES.has(word.toLowerCase()));
  const capitalized = words.every((word) => /^\p{Lu}/u.test(word)) && words.length > 1;
  return known || capitalized ? accept(bare) : null;
}

function accept(name: string): string | null {
  const words = name.trim().split(/\s+/);
  const [first = ''] = words;
  if (first.length < 2 || NOT_NAMES.has(first.toLowerCase())) return null;
  if (words.some((word) => !/^[\p{L}][\p{L}'’.-]*$/u.test(word))) return null;
  return capitalize(name.trim());
}

function capitalize(name: string): string {
  return name
    .split(/\s+/)
    .map((word) =>
      /\p{Lu}/u.test(word) ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    )
    .join(' ');
}
