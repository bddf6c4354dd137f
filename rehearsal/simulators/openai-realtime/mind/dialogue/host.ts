import { spokenSentence } from './words.ts';

const TITLES = new Set(['dr', 'doctor', 'mr', 'mrs', 'ms', 'miss', 'professor', 'prof']);
const ANYBODY = /\bwith (?:any(?:one|body)|either(?: of them)?|whoever)\b/;

/** With whom a sentence wishes to have it: a name, `anybody`, or null where it says nothing of that. */
export function readHost(hosts: readonly string[], sentence: string): string | null {
  if (hosts.length === 0) return null;
  if (ANYBODY.test(sentence)) return 'anybody';
  const said = new Set(sentence.split(' '));
  const named = hosts.filter((host) => tellingWords(host).some((word) => said.has(word)));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** A name's words without its title, as they are spoken. */
export function tellingWords(host: string): string[] {
  return spokenSentence(host)
    .split(' ')
    .filter((word) => word !== '' && !TITLES.has(word));
}
