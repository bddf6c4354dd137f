import { readFileSync } from 'node:fs';
import type { Reading } from '../../../booking/spelled/reading.ts';

/** A spelling of the table, and what shall be made of it. */
export interface Spelling {
  said: string;
  expected: string;
}

const FOLDER = new URL('../../fixtures/spelled/', import.meta.url);

/** The spellings of one file; its first lines say how they are written. */
export function readSpellings(file: string): Spelling[] {
  return readFileSync(new URL(file, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [said, expected] = line.split(' => ');
      if (said === undefined || expected === undefined) throw new Error(`${file}: ${line}`);
      return { said, expected };
    });
}

/** A reading as the table writes it. */
export function describeReading(reading: Reading): string {
  switch (reading.kind) {
    case 'as-given':
      return '.';
    case 'read':
      return reading.written;
    case 'choice':
      return `? ${reading.readings.join(' | ')}`;
    case 'unclear':
      return `! ${reading.words.join(' | ')}`;
  }
}
