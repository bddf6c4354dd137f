import { BookingError } from '../booking-error.ts';
import { foreignWord } from '../times/foreign-words.ts';

/**
 * Keeps words of another language from being read as English ones: the model translates them first.
 * @param words what it gave a tool
 * @param argument the name of the tool's argument
 * @throws {BookingError} `not-english`
 */
export function refuseForeignWords(words: string, argument: string): void {
  const foreign = foreignWord(words);
  if (foreign === null) return;
  throw new BookingError(
    'not-english',
    `"${argument}" must be in English, and "${foreign}" is not. Call the tool again with the caller's words translated into English, word for word; work out no date yourself, and do not ask the caller.`,
  );
}
