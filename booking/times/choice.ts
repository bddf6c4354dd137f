import { notUnderstood } from './ask-back.ts';

const NTH = /^(\d{1,2})(?:st|nd|rd|th)$/;
const LAST = new Set(['last', 'latter', 'latest', 'final']);
const WORDS = ['first', 'second', 'third', 'fourth', 'fifth'];
const ORDINAL_WORD = `(?:${WORDS.join('|')}|last|latter|former)`;
const THING =
  '(?:one|option|slot|choice|time|appointment|opening|possibility|of (?:them|those|these|the (?:two|three|2|3))|you (?:said|offered|mentioned))';

/** "after the third": a limit, so the third is a day. */
const LIMIT =
  '(?:before|after|by|until|till|til|from|since|starting|beginning|between|around|through|thru)';
/** "not the first one", "the first one doesn't work": a place that is not wanted. */
const REFUSED =
  /\b(?:not|none|neither|nor|never|except|(?:any(?:thing|one| one)?|every(?:thing|one)|all) but|other than|rather than|instead of|apart from|besides|(?:do|does|did|wo|ca|could|would|is|are)nt|cannot|bad|out|no good)\b/;
/** Where a speaker starts afresh: what was said before is taken back, or was refused. */
const AFRESH =
  /,|\b(?:no|wait|actually|sorry|i mean|i meant|make that|how about|what about|(?<!\b(?:any(?:thing|one| one)?|every(?:thing|one)|all) )but)\b/g;
/** Negations that refuse nothing. */
const COURTESY =
  /\b(?:dont|do not|wouldnt) (?:mind|care|worry)\b|\bwhy not\b|\bno (?:problem|worries)\b/g;
/** "The first or the second one": two places. */
const SEVERAL =
  /\b(?:1st|2nd|3rd|[4-9]th|last) (?:(?:one|option|slot) )?(?:or|to|through) (?:the )?(?:\d{1,2}(?:st|nd|rd|th)|last)\b/;
/** Places that are counted in a way that nobody reads here. */
const UNCOUNTED = /\b(?:2nd|3rd|next) (?:to )?last\b(?! \w*day)|\blast but 1\b/;
const ENDING =
  '(?:(?:,? (?:please|thanks|thank you|then|for me|is (?:fine|good|great|best|better|perfect|ok|okay)|works|sounds (?:good|great|fine)|would be (?:fine|good|great|best)))*)[.!]?';

/**
 * "the second one", "option three", "the last", "number two" as a 0-based place in what was
 * offered last, -1 for the last; null for everything else. "The 24th" is a date, and so is
 * "the 2nd" in digits alone: only a number in words, or one followed by "one", is a choice.
 * A refused place is none. Throws AskBack where it cannot be told which of two places is meant,
 * or whether a place or a day is refused.
 * @param raw the phrase as spoken @param text the phrase normalised
 */
export function readChoice(raw: string, text: string): number | null {
  if (UNCOUNTED.test(text)) throw notUnderstood();
  const clauses = split(text);
  const wanted = clauses.filter((clause) => !REFUSED.test(clause));
  const places = wanted.flatMap(placesIn);
  if (places.length === 0) return bareChoice(raw);
  const takenBack =
    REFUSED.test(clauses.at(-1) ?? '') && placesIn(clauses.at(-1) ?? '').length === 0;
  const several = new Set(places).size > 1 && clauses.length === 1;
  if (takenBack || several || wanted.some((clause) => SEVERAL.test(clause))) throw notUnderstood();
  return places.at(-1) ?? null;
}

/** Clauses without their courtesies; "not the first, the second" has two. */
function split(text: string): string[] {
  const clauses = text.replace(/[’']/g, '').replace(COURTESY, ' ').split(AFRESH);
  return clauses.map((clause) => clause.trim()).filter((clause) => clause !== '');
}

/** Places that are named as such: "the 2nd one", "option 3". */
function placesIn(clause: string): number[] {
  const named = new RegExp(
    `(?<!\\b${LIMIT} (?:the )?)\\b(\\d{1,2}(?:st|nd|rd|th)|last|latter|latest|final) ${THING}|\\b(?:number|option|choice|slot) (\\d{1,2}|one)\\b(?!:| ?(?:am|pm))`,
    'g',
  );
  return [...clause.matchAll(named)].flatMap(([, nth, number]) => {
    const found = nth ?? (number === 'one' ? '1st' : `${number}th`);
    return place(found) ?? [];
  });
}

/** "the third" alone, with a few words around it. */
function bareChoice(raw: string): number | null {
  const clauses = split(raw.toLowerCase().trim().replace(/[.!?]/g, ' ').replace(/\s+/g, ' '));
  const words = clauses.filter((clause) => !REFUSED.test(clause));
  const bare = new RegExp(`^(?:\\w+ ){0,4}?(?:the )?(${ORDINAL_WORD})${ENDING}$`).exec(
    words.at(-1) ?? '',
  );
  const word = bare?.[1];
  const before = bare?.[0].slice(0, bare[0].lastIndexOf(word ?? '')) ?? '';
  if (word === undefined) return refusesPlace(clauses);
  const dated = `\\b(?:on|of|to) (?:the )?$|\\b${LIMIT} |\\b(?:twenty|thirty)[ -]$`;
  if (new RegExp(dated).test(before)) return null;
  // "The first or the third": two places, and only the caller knows which.
  if (new RegExp(`\\b${ORDINAL_WORD}\\b`).test(before)) throw notUnderstood();
  if (word === 'former') return 0;
  return LAST.has(word) ? -1 : WORDS.indexOf(word);
}

/** "Not the first" alone refuses a place or a day of the month. */
function refusesPlace(clauses: readonly string[]): null {
  const bare = new RegExp(
    `(?<!(?:\\b(?:on|${LIMIT}) (?:the )?|(?:twenty|thirty)[ -]))\\b${ORDINAL_WORD}(?=$| (?:doesnt|wont|isnt|cant|does not|is|cannot)\\b)`,
  );
  if (clauses.some((clause) => REFUSED.test(clause) && bare.test(clause))) throw notUnderstood();
  return null;
}

function place(word: string): number | null {
  if (LAST.has(word)) return -1;
  const number = Number(NTH.exec(word)?.[1] ?? 0);
  return number >= 1 && number <= 20 ? number - 1 : null;
}
