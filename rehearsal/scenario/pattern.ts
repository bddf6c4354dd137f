/** A regular expression between slashes with its flags, as a person writes it in a scenario. */
const writtenPattern = /^\/(?<source>.+)\/(?<flags>[a-z]*)$/s;

/** A pattern in a scenario that cannot be used; the message says what to write instead. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/**
 * Reads `/which day/i`. Only the flags `i`, `s`, `u` and `m` make sense on a line of speech: `g` and `y` keep a
 * position between matches, which would make a grade depend on how often it was asked.
 *
 * @throws PatternError when the text is no pattern between slashes, or the expression is not valid.
 */
export function parsePattern(text: string): RegExp {
  const groups = writtenPattern.exec(text)?.groups;
  const source = groups?.['source'];
  const flags = groups?.['flags'] ?? '';
  if (source === undefined) {
    throw new PatternError(
      `write a regular expression between slashes, such as /tuesday/i, instead of "${text}"`,
    );
  }
  if (/[^imsu]/.test(flags)) {
    throw new PatternError(`use only the flags i, m, s and u, not "${flags}"`);
  }
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new PatternError(
      `mend the regular expression: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}
