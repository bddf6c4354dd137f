import { capitalize, joinSpellings, readMark } from './spelling.ts';

/** What introduces a name at any moment of a call. */
const EXPLICIT =
  /\b(?:my (?:full )?name is|my name's|the name (?:on \w+ \w+ )?is|the name's|name:|(?:(?:put|book) it )?under(?: the name(?: of)?| (?=\p{Lu}))|put me down (?:as|under)|that (?:would|will) be|in the name of|make it out to|you(?:'re| are) speaking (?:with|to))\s+(?:is |spelled )?/iu;
/** Who calls for somebody else: the appointment is theirs. */
const FOR_OTHERS =
  /\bfor my (?:husband|wife|son|daughter|mother|father|mom|mum|dad|partner|friend|boss|brother|sister|colleague)(?: is)?,?\s+/iu;
/** "Burnett, not Bennett", "not Laura, Lara". */
const CORRECTED =
  /(?<right>\p{L}[\p{L}'-]+),? (?:and )?not (?<wrong>\p{L}[\p{L}'-]+)|\bnot (?<wrongFirst>\p{L}[\p{L}'-]+),? (?:(?:but|it's) )*(?<rightLast>\p{L}[\p{L}'-]+)/iu;
/** What introduces a name where one is expected, and elsewhere if it is written like one. */
const WEAK =
  /\b(?:i am|i'm|this is|it is|it's|it should be|call me|that is|that's|spelled|for|under|speaking with),?\s+(?:spelled )?/giu;
const FIRST = /\b(?:first|given) name(?:'s| is)?,? (?:spelled )?(\S+)/iu;
const LAST = /\b(?:last name|family name|surname)(?:'s| is)?,? (?:spelled )?(\S+)/iu;
/** What may stand around a name that was asked for. */
const AROUND =
  /^(?:(?:um|uh|oh|yes|yeah|no|okay|ok|sure|well|hi|hello|of course|actually|please|sorry|certainly)[,.! ]+)+|[,. ]+(?:please|thanks|thank you|speaking|here|(?:and )?bye|the (?:second|third|fourth))[.!]*$/giu;
const TITLE = /^(?:dr|mr|mrs|ms|miss|prof|professor|doctor)\.?$/i;
const NO_NAMES = new Set(
  `a about above actually address after afraid again all almost already alright also always am an and any anything appointment are around as ask at available away back bad be because been before better book booking both but by bye call calling can cancel cannot change come confidential confirm correct could day did different do does doesn't don't done each e-mail earlier early either else email every exactly fine first flexible for free from gave get give go going good got great had half have he hello help her here hi him his hold hour how i i'd i'll i'm i've idea if in instead interested is isn't it it's just keep know last late later leave let let's like long look looking lot love make many may maybe me mean middle minute moment more morning move much my name need neither never new next nice no nobody none noon nope not nothing now of off office oh ok okay on one only or other our out over pardon perfect person phone please possible put quite rather ready really repeat reschedule right said same saturday say second see she should sir so some somebody someone something sorry soon sounds speaking spell spelled still sure take talk tell than thank thanks that that's the their them then there these they thing think third this those three time times to today told tomorrow too tonight two under understand until up us very wait want wanted was we week well were what what's when where which who whole why will with work works would wrong yeah yes yesterday yet you your you're monday tuesday wednesday thursday friday sunday january february march april june july august september october november december day dot underscore dash hyphen apostrophe com afternoon evening dot underscore dash hyphen apostrophe com four five six seven eight nine ten eleven twelve thirty fifteen twenty visit checkup check-up daughter son wife husband mother father kids regarding`.split(
    ' ',
  ),
);

/** Names that are other words as well: they are written with a capital. */
const NAMESAKES = new Set(['will', 'april', 'may', 'june', 'august', 'march']);
/** Beside another name they are one: "Friday Jones". */
const DAYS = new Set('monday tuesday wednesday thursday friday saturday sunday day'.split(' '));

/**
 * Finds the caller's name in a text.
 *
 * @param asked whether one was asked for, so that the whole text may be one
 * @param known the name so far: who spells or says a part of it corrects that part
 * @returns null when there is none
 */
export function readPersonName(text: string, asked: boolean, known: string | null): string | null {
  const corrected = correctPart(text, known);
  if (corrected !== null) return corrected;
  const joined = inOrder(joinSpellings(text));
  const [first, last] = [FIRST, LAST].map((part) => accept(part.exec(joined)?.[1] ?? '')?.word);
  if (first !== undefined || last !== undefined) {
    const [knownFirst, ...knownRest] = known?.split(' ') ?? [];
    const parts = [first ?? knownFirst, last ?? knownRest.at(-1)];
    return parts.filter((part) => part !== undefined).join(' ');
  }
  for (const lead of [FOR_OTHERS, EXPLICIT]) {
    const introduced = leading(joined.slice(endOf(lead.exec(joined))));
    if (lead.test(joined) && introduced.length > 0) {
      return merge(introduced, lead === FOR_OTHERS ? null : known);
    }
  }
  for (const lead of joined.matchAll(WEAK)) {
    const words = leading(joined.slice(endOf(lead)));
    const isOthers = /^(?:for|that)/i.test(lead[0]);
    const isClear = words[0]?.isSpelled === true || (!isOthers && isWritten(words));
    const isName = words.length > 1 || isClear || !isOthers;
    if (words.length > 0 && (asked ? isName : isClear)) return merge(words, known);
  }
  const bare = joined.replace(AROUND, '').replace(AROUND, '').replaceAll(',', ' ').trim();
  if (asked && NAMESAKES.has(bare.toLowerCase().replace(/\.$/, ''))) {
    return capitalize(bare).replace(/\.$/, '');
  }
  const words = leading(bare);
  const isAll = bare.split(/\s+/).filter((word) => !TITLE.test(word)).length === words.length;
  return isAll && (asked || words.every(({ isSpelled }) => isSpelled)) ? merge(words, known) : null;
}

function endOf(match: RegExpExecArray | null): number {
  return match === null ? 0 : match.index + match[0].length;
}

/** A word of a name, and whether it was spelled. */
type NameWord = ReturnType<typeof readMark>;

/** The words of a name with which a text begins; none when it begins with another word. */
function leading(text: string): NameWord[] {
  const words: NameWord[] = [];
  for (const piece of text.trim().split(/\s+/)) {
    if (TITLE.test(piece)) continue;
    const word = accept(piece);
    if (word === null || words.length > 4) break;
    words.push(word);
    if (/[.,;!?]$/.test(piece) && !/^\p{L}\.$/u.test(piece)) break;
  }
  return words.every(({ word }) => DAYS.has(word.toLowerCase())) ? [] : words;
}

/** "It's Burnett, not Bennett": the name with that part of it corrected; null where no such part is known. */
function correctPart(text: string, known: string | null): string | null {
  const { right, wrong, wrongFirst, rightLast } = CORRECTED.exec(text)?.groups ?? {};
  const parts = known?.split(' ') ?? [];
  const place = parts.findIndex(
    (part) => part.toLowerCase() === (wrong ?? wrongFirst)?.toLowerCase(),
  );
  const word = accept(right ?? rightLast ?? '')?.word;
  return place < 0 || word === undefined ? null : parts.with(place, word).join(' ');
}

/** "Bennett, Laura Bennett". */
function inOrder(text: string): string {
  return text.replace(/(\p{L}[\p{L}'-]+), ((?:\p{L}[\p{L}'-]* ){1,2}\1)(?!\p{L})/giu, '$2');
}

/** Joins a name's words: a spelling corrects the word before it, "Smith, John Smith" is John Smith. */
function merge(words: readonly NameWord[], known: string | null): string | null {
  const kept = words.filter(({ word, isSpelled }, index) => {
    const next = words[index + 1];
    return isSpelled || next?.isSpelled !== true || word.charAt(0) !== next.word.charAt(0);
  });
  const names = kept.map(({ word }) => word);
  if (names.length > 2 && names[0] === names.at(-1)) names.shift();
  const [only = '', ...others] = names;
  if (only.length < 2) return null;
  if (others.length > 0 || known === null) return names.join(' ');
  const parts = known.split(' ');
  const same = parts.findIndex((part) => part.charAt(0) === only.charAt(0));
  // Who spells a part of it mostly spells the last.
  const other = kept[0]?.isSpelled === true ? -1 : 0;
  return parts.with(same < 0 ? other : same, only).join(' ');
}

/** First and last name with capitals: a name though none was asked for. */
function isWritten(words: readonly NameWord[]): boolean {
  return words.length > 1 && words.every(({ word, isWritten }) => isWritten && word !== '');
}

/** A word that may be a part of a name; null for any other. */
function accept(piece: string): NameWord | null {
  const { word, ...marks } = readMark(piece.replace(/[.,;!?]+$/, ''));
  const lower = word.toLowerCase();
  const isNamesake = marks.isWritten && (NAMESAKES.has(lower) || DAYS.has(lower));
  if (!/^\p{L}[\p{L}'’.-]*$/u.test(word) || (NO_NAMES.has(lower) && !isNamesake)) return null;
  // What nobody could say is no name: "xyzzy".
  const isSayable = word.length === 1 || /[aeiou]|\p{Lu}|[^a-z'’.-]/u.test(word);
  return isSayable ? { ...marks, word: capitalize(word) } : null;
}
