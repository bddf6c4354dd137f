import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSentence } from '../../../booking/truth/claims.ts';
import type { ClaimKind } from '../../../booking/truth/claims.ts';
import { lexiconFor } from '../../../booking/truth/lexicon/lexicon.ts';
import { readTimes } from '../../../booking/truth/said-times.ts';
import type { SaidTime } from '../../../booking/truth/said-times.ts';

const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it'];
const WEEKDAYS = ['', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** One sentence in three was not looked at while the rules were written. */
const HELD_OUT = 2;
const LEAST = 0.9;

interface Sentence {
  language: string;
  /** `date`: only a weekday and its date, `none`: nothing. */
  kind: ClaimKind | 'date' | 'none';
  /** Groups of weekday, date (month-day) and hour; null where that is not asked. */
  times: string[][] | null;
  text: string;
  isHeldOut: boolean;
}

const sentences = LANGUAGES.flatMap((language): Sentence[] =>
  readFileSync(new URL(`../../fixtures/claims/${language}.tsv`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line, index) => {
      const [kind, times, text] = line.split('\t') as [Sentence['kind'], string, string];
      return {
        language,
        kind,
        times: times === '-' ? null : times.split('|').map((group) => group.split(' ')),
        text,
        isHeldOut: index % 3 === HELD_OUT,
      };
    }),
);

function kindsOf({ language, text }: Sentence): string[] {
  const { claims } = readSentence(text, lexiconFor(language));
  return claims.map(({ kind }) => kind).filter((kind) => kind !== 'time');
}

/** How many claims are found, and how many of what is found are claims. */
function score(of: readonly Sentence[]): { precision: number; recall: number; wrong: string[] } {
  const wrong: string[] = [];
  let [right, alarms, missed] = [0, 0, 0];
  for (const sentence of of) {
    const found = kindsOf(sentence);
    const claims = sentence.kind !== 'none' && sentence.kind !== 'date';
    if (claims && found.length > 0) right += 1;
    else if (claims) missed += 1;
    else if (found.length > 0) alarms += 1;
    const isRight = claims ? found.includes(sentence.kind) : found.length === 0;
    if (!isRight)
      wrong.push(`${sentence.kind}, found ${found.join(' ') || 'none'}: ${sentence.text}`);
  }
  return { precision: right / (right + alarms), recall: right / (right + missed), wrong };
}

it('has at least 400 sentences', () => {
  expect(sentences.length).toBeGreaterThanOrEqual(400);
});

describe.each(LANGUAGES)('claims in %s', (language) => {
  const all = sentences.filter((sentence) => sentence.language === language);

  it.each([
    ['sentences the rules were written by', false],
    ['sentences held out', true],
  ])('are found and told apart from what claims nothing, in %s', (_, isHeldOut) => {
    const { precision, recall, wrong } = score(all.filter((one) => one.isHeldOut === isHeldOut));
    // Printed where it is less.
    expect({ precision, wrong: wrong.join('\n') }).toMatchObject({
      precision: expect.toSatisfy((share: number) => share >= LEAST),
    });
    expect({ recall, wrong: wrong.join('\n') }).toMatchObject({
      recall: expect.toSatisfy((share: number) => share >= LEAST),
    });
  });

  it('are read with their times', () => {
    const timed = all.filter(({ times }) => times !== null);
    const wrong = timed.filter(({ times, text }) => {
      const read = readTimes(text, lexiconFor(language));
      return !times?.every((group) =>
        read.some((time) => group.every((part) => isPart(part, time))),
      );
    });
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });
});

function isPart(part: string, { day, clock }: SaidTime): boolean {
  if (part === 'tomorrow') return day?.fromToday === 1;
  if (WEEKDAYS.includes(part)) return day?.weekday === WEEKDAYS.indexOf(part);
  if (part.includes('-')) return part === `${day?.date?.month}-${day?.date?.day}`;
  const [hour, minute] = part.split(':').map(Number);
  return (
    clock?.minute === minute &&
    (clock?.hour === hour || (clock?.isSure === false && (clock.hour + 12) % 24 === hour))
  );
}
