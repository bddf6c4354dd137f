const CLARIFIED = /\b([a-z]) (?:as in|for|like) [a-z-]+/g;

/**
 * Reads spelled words: "m a r y", "M-A-R-Y", "s as in sam". Letters alone, at least three of them;
 * null when the sentence is something else.
 */
export function readSpelling(sentence: string): string | null {
  const letters = sentence
    .toLowerCase()
    .replace(
      /^(?:my name is|the name is|it is|it's|i am|i'm|this is|i spell it|let me spell it|that is|that's)\s+/,
      '',
    )
    .replace(/^(?:(?:that is|that's|it is) )?spelled\s+/, '')
    .replace(/\bdouble u\b/g, 'w')
    .replace(CLARIFIED, '$1')
    .replace(/\bdouble ([a-z])\b/g, '$1 $1')
    .replace(/-/g, ' ')
    .split(/[\s,.]+/)
    .filter((word) => word !== '' && word !== 'please');
  if (letters.length < 3 || letters.some((letter) => letter.length !== 1)) return null;
  return letters.join('');
}

/** "Mary" as it is read back: "M-A-R-Y". */
export function spellOut(word: string): string {
  return (word.toUpperCase().match(/\p{L}/gu) ?? []).join('-');
}
