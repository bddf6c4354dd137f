const NTH = /^(\d{1,2})(?:st|nd|rd|th)$/;
const LAST = new Set(['last', 'latter', 'latest', 'final']);
const THING =
  '(?:one|option|slot|choice|time|appointment|opening|possibility|of (?:them|those|these|the (?:two|three|2|3))|you (?:said|offered|mentioned))';

/**
 * "the second one", "option three", "the last", "number two" as a 0-based place in what was
 * offered last, -1 for the last; null for everything else. "The 24th" is a date, and so is
 * "the 2nd" in digits alone: only a number in words, or one followed by "one", is a choice.
 * @param raw the phrase as spoken @param text the phrase normalised
 */
export function readChoice(raw: string, text: string): number | null {
  const counted = new RegExp(`\\b(\\d{1,2}(?:st|nd|rd|th)|last|latter|latest|final) ${THING}`).exec(
    text,
  );
  if (counted?.[1] !== undefined) return place(counted[1]);
  const numbered = /\b(?:number|option|choice|slot) (\d{1,2}|one)\b(?!:| ?(?:am|pm))/.exec(text);
  if (numbered?.[1] !== undefined) return place(numbered[1] === 'one' ? '1st' : `${numbered[1]}th`);
  const bare =
    /^(?:\w+ ){0,4}?(?:the )?(first|second|third|fourth|fifth|last|latter|former)(?:,? (?:please|thanks|thank you|is fine|is good|works|sounds good))*[.!]?$/.exec(
      raw.toLowerCase().trim().replace(/\s+/g, ' '),
    );
  const word = bare?.[1];
  if (word === undefined || /\b(?:on|of) the \w+$|(?:twenty|thirty)[ -]\w+/i.test(raw.trim()))
    return null;
  if (word === 'former') return 0;
  return LAST.has(word) ? -1 : ['first', 'second', 'third', 'fourth', 'fifth'].indexOf(word);
}

function place(word: string): number | null {
  if (LAST.has(word)) return -1;
  const number = Number(NTH.exec(word)?.[1] ?? 0);
  return number >= 1 && number <= 20 ? number - 1 : null;
}
