/** The tokens of Moonshine's `tokenizer.bin` by number: each a length, of one or two bytes, and its text in UTF-8. */
export function readTokens(bytes: Uint8Array): Uint8Array[] {
  const tokens: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    let length = bytes[at++] ?? 0;
    if (length >= 128) length = (bytes[at++] ?? 0) * 128 + length - 128;
    tokens.push(bytes.subarray(at, at + length));
    at += length;
  }
  return tokens;
}

/** Joins tokens to text; "▁" is how a token writes the space before a word. */
export function joinTokens(tokens: readonly Uint8Array[], numbers: readonly number[]): string {
  const pieces = numbers.map((number) => tokens[number] ?? new Uint8Array());
  return Buffer.concat(pieces).toString('utf8').replaceAll('▁', ' ').trim();
}
