import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** How a lower-case English word sounds: its phones in ARPAbet; undefined for a word that is none. */
export type Dictionary = (word: string) => readonly string[] | undefined;

/** Reads the pronouncing dictionary (CMU's, of the package soundswallower). */
export async function loadDictionary(): Promise<Dictionary> {
  const folder = dirname(createRequire(import.meta.url).resolve('soundswallower'));
  const text = await readFile(join(folder, 'model/en-us/dict.txt'), 'latin1');
  const known = new Map<string, readonly string[] | undefined>();
  return (word) => {
    if (!known.has(word)) known.set(word, findPhones(text, word));
    return known.get(word);
  };
}

function findPhones(text: string, word: string): readonly string[] | undefined {
  const start = text.indexOf(`\n${word} `);
  if (start < 0) return undefined;
  const end = text.indexOf('\n', start + 1);
  return text
    .slice(start + word.length + 2, end < 0 ? undefined : end)
    .trim()
    .split(/\s+/);
}
