import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import createModule from 'soundswallower';
import type { SoundSwallowerModule } from 'soundswallower';

export interface Recognizer {
  module: SoundSwallowerModule;
  /** Whether the dictionary can hear a lower-case word: a grammar with any other is refused. */
  knowsWord: (word: string) => boolean;
}

/**
 * Loads the speech recogniser and its English model from the npm package. Importing the package
 * installs an `uncaughtException` handler that rethrows: keep it in a thread of its own.
 */
export async function loadRecognizer(): Promise<Recognizer> {
  const packageDirectory = dirname(createRequire(import.meta.url).resolve('soundswallower'));
  const modelBase = join(packageDirectory, 'model/');
  // Without modelBase the model is looked for in the working directory; the types omit the option.
  const module = await createModule({ modelBase } as Partial<SoundSwallowerModule>);
  const dictionary = await readFile(join(modelBase, 'en-us/dict.txt'), 'latin1');
  const known = new Map<string, boolean>();
  return {
    module,
    knowsWord(word) {
      let answer = known.get(word);
      if (answer === undefined) {
        answer = dictionary.includes(`\n${word} `);
        known.set(word, answer);
      }
      return answer;
    },
  };
}
