/** A word as it was said or written. */
export interface Word {
  /** As it stands, without the punctuation around it. */
  said: string;
  /** To look it up by: small letters, plain apostrophes. */
  key: string;
  /** Whether a comma, a full stop or the like stands before it. */
  pause: boolean;
}

const PAUSE = /[,;:!?…—–]|\.$/;
const AROUND = /^["'“”‘’«»([{¿¡.,;:!?…]+|["“”‘’«»)\]}.,;:!?…]+$/g;
/** Signs that stand for themselves: alone, or within a part of an address. */
const SIGN = /^[@._+'-]$/;

/**
 * Cuts a text into words. An "@" is a word of its own; what spelling with hyphens joins ("M-A-R-Y",
 * "twenty-three", "double-u") is cut where `isSpelled` knows the parts.
 */
export function splitWords(text: string, isSpelled: (parts: readonly string[]) => boolean): Word[] {
  const words: Word[] = [];
  let pause = false;
  const push = (said: string): void => {
    words.push({ said, key: keyOf(said), pause });
    pause = false;
  };
  for (const token of text
    .replaceAll(/[,;—…]/g, '$& ')
    .replaceAll(/[@＠]/g, ' @ ')
    .split(/\s+/)) {
    if (token === '') continue;
    if (SIGN.test(token)) {
      push(token);
      continue;
    }
    const said = token.replaceAll(AROUND, '');
    const parts = said.split('-');
    if (said === '') pause = true;
    else if (parts.length > 1 && isSpelled(parts.map(keyOf))) parts.forEach(push);
    else push(said);
    if (PAUSE.test(token.slice(-1))) pause = true;
  }
  return words;
}

function keyOf(said: string): string {
  return said.normalize('NFC').toLowerCase().replaceAll(/[’‘`]/g, "'");
}

/** The words as they were said. */
export function saidAt(words: readonly Word[], index: number, length: number): string {
  return words
    .slice(index, index + length)
    .map(({ said }) => said)
    .join(' ');
}
