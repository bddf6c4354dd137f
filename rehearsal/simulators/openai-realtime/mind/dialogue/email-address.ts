import { readNumber } from '../number-words.ts';

const TYPED = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const SIGNS: Record<string, string> = {
  dot: '.',
  point: '.',
  period: '.',
  underscore: '_',
  dash: '-',
  hyphen: '-',
  minus: '-',
  plus: '+',
};
const TENS: Record<string, string> = {
  sixty: '60',
  seventy: '70',
  eighty: '80',
  ninety: '90',
};

/** Finds an e-mail address, typed or spoken ("mary dot smith at example dot com"); null when there is none. */
export function readEmailAddress(text: string): string | null {
  const typed = TYPED.exec(text)?.[0];
  if (typed !== undefined) return typed.toLowerCase().replace(/\.$/, '');
  const words = text
    .toLowerCase()
    .replace(/[,!?]/g, ' ')
    .replace(/^.*\b(?:e-?mail|e mail)(?: address)? (?:is|would be)\s+/, '')
    .replace(
      /^(?:(?:yes|no|it is|it's|that is|that's|you can reach me at|reach me at|actually)\s+)+/,
      '',
    )
    .replace(/\s+(?:please|thank you|thanks)\.?$/, '')
    .replace(/\b([a-z]) (?:as in|for|like) [a-z-]+/g, '$1')
    .replace(/\.$/, '')
    .split(/\s+/);
  const at = words.lastIndexOf('at');
  if (at < 1 || at > words.length - 3) return null;
  const local = joinSpoken(words.slice(0, at));
  const domain = joinSpoken(words.slice(at + 1));
  const address = `${local}@${domain}`;
  return /^[a-z0-9](?:[\w.+-]*[a-z0-9])?@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(address)
    ? address
    : null;
}

function joinSpoken(words: readonly string[]): string {
  let joined = '';
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const next = words[index + 1] ?? '';
    const tens =
      TENS[word] ??
      (/^(?:twenty|thirty|forty|fifty)$/.test(word) ? String(readNumber([word])) : undefined);
    const unit = next === '' ? null : readNumber([next]);
    if (tens !== undefined && unit !== null && unit > 0 && unit < 10) {
      joined += String(Number(tens) + unit);
      index++;
    } else {
      joined +=
        SIGNS[word] ?? tens ?? (word === 'oh' ? '0' : (readNumber([word])?.toString() ?? word));
    }
  }
  return joined;
}
