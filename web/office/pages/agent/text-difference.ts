/** A run of words that both texts have, or one of them. */
export interface TextPart {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** What differs between two texts, word by word: the longest that both have stays. */
export function textDifference(before: string, after: string): TextPart[] {
  const was = before.match(/\s+|\S+/g) ?? [];
  const is = after.match(/\s+|\S+/g) ?? [];
  const common = commonLengths(was, is);
  const parts: TextPart[] = [];
  const add = (kind: TextPart['kind'], text: string): void => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  let [at, to] = [0, 0];
  while (at < was.length || to < is.length) {
    const [one, other] = [was[at], is[to]];
    if (one !== undefined && one === other) {
      add('same', one);
      at += 1;
      to += 1;
    } else if (
      other === undefined ||
      (one !== undefined && lengthAt(at + 1, to) >= lengthAt(at, to + 1))
    ) {
      add('removed', one ?? '');
      at += 1;
    } else {
      add('added', other);
      to += 1;
    }
  }
  return parts;

  function lengthAt(row: number, column: number): number {
    return common[row]?.[column] ?? 0;
  }
}

/** The length of the longest common run of words from each place of the two on. */
function commonLengths(was: readonly string[], is: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: was.length + 1 }, () => new Uint16Array(is.length + 1));
  for (let at = was.length - 1; at >= 0; at -= 1) {
    for (let to = is.length - 1; to >= 0; to -= 1) {
      const [row, below] = [rows[at], rows[at + 1]];
      if (!row || !below) continue;
      row[to] =
        was[at] === is[to] ? (below[to + 1] ?? 0) + 1 : Math.max(below[to] ?? 0, row[to + 1] ?? 0);
    }
  }
  return rows;
}
