/** What prints nothing: directions, zero widths, soft hyphens, fillers, variation selectors, tags. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const JOINER = /[\u200C\u200D]/u;
/** Scripts whose words are misspelled without their joiners (Unicode Standard, 9.2, 12.1 and 23.2). */
const JOINED =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}]/u;
/** A selector chooses the form of the letter before it: of a Chinese or Japanese name, or a Mongolian one. */
const VARIED = /[\p{Script=Han}\p{Script=Mongolian}]/u;
const SELECTOR = /\p{Variation_Selector}/u;

/**
 * A text without characters that print nothing, such as those that come along when it is pasted.
 * Joiners stay within words of scripts that are written with them, and at a word's end behind a
 * vowel killer (a Malayalam chillu).
 */
export function withoutInvisible(text: string): string {
  const visible = Array.from(text.normalize('NFC'))
    .filter(
      (character, index, all) =>
        !INVISIBLE.test(character) ||
        JOINER.test(character) ||
        (SELECTOR.test(character) && VARIED.test(all[index - 1] ?? '')),
    )
    .filter((character, index, all) => !JOINER.test(character) || character !== all[index + 1]);
  return visible
    .filter((character, index) => !JOINER.test(character) || joins(visible, index))
    .join('');
}

function joins(characters: readonly string[], index: number): boolean {
  const before = characters[index - 1] ?? '';
  const after = characters[index + 1] ?? '';
  return JOINED.test(before) && (JOINED.test(after) || /\p{M}/u.test(before));
}
