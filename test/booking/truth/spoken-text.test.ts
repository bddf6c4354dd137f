import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { CallFacts } from '../../../booking/truth/facts.ts';
import { SpokenText } from '../../../booking/truth/spoken-text.ts';
import { lieOf, wordsOf } from '../../agent/call/seeded-lies.ts';
import type { CallState } from '../../agent/call/seeded-lies.ts';

const ZONE = 'America/New_York';
/** A Monday. */
const NOW = DateTime.fromISO('2026-11-23T09:00', { zone: ZONE });
const TIME = NOW.plus({ days: 1, hours: 5 });
const HALF_PAST = TIME.plus({ minutes: 90 });
const OTHER = NOW.plus({ days: 2, hours: 6 });

function factsOf(state: CallState): CallFacts {
  const [time, other] = [TIME.toJSDate(), OTHER.toJSDate()];
  const hasLooked = state !== 'fresh';
  const start = state === 'moved' ? other : time;
  const isStanding = state === 'booked' || state === 'moved';
  const status = { booked: 'booked', moved: 'rescheduled', cancelled: 'cancelled' } as const;
  return {
    now: NOW.toJSDate(),
    timeZone: ZONE,
    calendarTimeZones: [ZONE],
    hosts: [],
    businessLanguage: 'en',
    business: ['We are at 5 Elm Street.'],
    informed: [],
    caller: [],
    hasLooked,
    ends: [],
    lost: [],
    offered: hasLooked ? [time, other] : [],
    told: hasLooked
      ? [
          {
            text: `${TIME.toFormat('cccc, LLLL d')}: 4 times free from 9:00 AM to 4:30 PM`,
            language: 'en',
          },
        ]
      : [],
    mentioned: [],
    standing: isStanding ? [{ start, isPending: false }] : [],
    done: state in status ? [{ status: status[state as keyof typeof status], start }] : [],
    knownStarts: isStanding || state === 'cancelled' ? [time, start] : [],
  };
}

const rows = (name: string): string[][] =>
  readFileSync(new URL(`../../fixtures/claims/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));

/** Whether a sentence, said word by word, is ended. */
function isEnded(text: string, facts: CallFacts, language: string): boolean {
  const spoken = new SpokenText(() => facts, language);
  for (const word of text.split(/(?=\s)/u)) spoken.add(word);
  spoken.finish();
  return spoken.falsehood !== null;
}

/** Says a text in pieces; answers how much of it could be heard. */
function say(pieces: readonly string[], facts: CallFacts): { spoken: SpokenText; most: number } {
  const spoken = new SpokenText(() => facts, 'en');
  for (const piece of pieces) spoken.add(piece);
  spoken.finish();
  return { spoken, most: spoken.clearedTo };
}

describe('what may be heard', () => {
  it.each([
    ['letter by letter', /(?:)/u],
    ['as a tokeniser cuts', /(?<=^.{0,400}[\p{L}]{5})|(?=\s)|(?<=\d)|(?=:)/u],
    ['word by word', /(?=\s)/u],
    ['at once', /(?!)/u],
  ])('ends before what is false, when it comes %s', (_, cut) => {
    const audible: string[] = [];
    for (let seed = 0; seed < 400; seed += 1) {
      const lie = lieOf(seed);
      const words = wordsOf(lie, {
        time: lie.state === 'moved' ? OTHER : TIME,
        wrong: NOW.plus({ days: 40 }).set({ hour: 21, minute: 15 }),
      });
      const text = words.map(({ word }) => word).join(' ');
      const first = words.findIndex(({ isFalse }) => isFalse);
      const start = words
        .slice(0, first)
        .map(({ word }) => `${word} `)
        .join('').length;
      const { spoken, most } = say(text.split(cut), factsOf(lie.state));
      if (most > start || !spoken.falsehood)
        audible.push(`${seed} ${lie.state}: ${text.slice(0, most)}`);
    }
    expect(audible).toEqual([]);
  });

  it('is everything that is true, as soon as it came', () => {
    const facts = factsOf('booked');
    const spoken = new SpokenText(() => facts, 'en');
    for (const word of 'Booked: Tuesday, November 24 at 2:00 PM, for Ann Lee. Anything else?'.split(
      /(?=\s)/u,
    )) {
      spoken.add(word);
      const rest = spoken.text.slice(spoken.clearedTo).trim();
      expect(rest).toMatch(/^(?:\d[\d:]*)?$/u);
    }
    spoken.finish();
    expect(spoken.clearedTo).toBe(spoken.text.length);
  });

  it('is judged by the facts at the moment of its words', () => {
    let facts = factsOf('offered');
    const spoken = new SpokenText(() => facts, 'en');
    spoken.add('One moment. ');
    facts = factsOf('booked');
    spoken.add("You're booked for Tuesday at 2 PM.");
    spoken.finish();
    expect(spoken.falsehood).toBeNull();
  });

  it('ends before a false word in a sentence without an end, wherever it stands', () => {
    const facts = factsOf('offered');
    for (let length = 250; length < 450; length += 7) {
      const before = 'so it goes '.repeat(40).slice(0, length).trimEnd();
      const text = `${before} and you're booked for good and so on and on and on and on`;
      const { spoken, most } = say(text.split(/(?=\s)/u), facts);
      expect(spoken.falsehood).not.toBeNull();
      expect(most).toBeLessThanOrEqual(text.indexOf(' booked') + 1);
    }
  });

  it('tells of each sentence that claims what is true, once', () => {
    const facts = factsOf('booked');
    let claims = 0;
    const spoken = new SpokenText(
      () => facts,
      'en',
      () => void (claims += 1),
    );
    const said = `Hello. You're booked for ${TIME.toFormat("cccc 'at' h a")}. How may I help you?`;
    for (const letter of said) spoken.add(letter);
    spoken.finish();
    expect(spoken.falsehood).toBeNull();
    expect(claims).toBe(1);
  });

  it('takes bounded work, however long a sentence is', () => {
    const facts = factsOf('offered');
    const spoken = new SpokenText(() => facts, 'en');
    const began = performance.now();
    for (let index = 0; index < 5_000; index += 1) spoken.add(' on and on at 3');
    spoken.finish();
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});

describe('sentences as receptionists say them', () => {
  it('pass where they are true', () => {
    const caller = ['I want to come tuesday at three', 'john smith'];
    const business = [
      'We are a dental clinic at 12 Elm Street. Open Monday to Friday 9 AM to 5 PM. A cleaning costs 90 dollars and takes 45 minutes.',
    ];
    const stopped = rows('truthful.tsv').filter(([state, language = 'en', text = '']) => {
      const facts = factsOf(state as CallState);
      const offered = facts.hasLooked ? [...facts.offered, HALF_PAST.toJSDate()] : [];
      return isEnded(text, { ...facts, offered, caller, business }, language);
    });
    expect(stopped).toEqual([]);
  });

  it('are ended where nothing was done, however that is put', () => {
    const facts = { ...factsOf('offered'), caller: ['I want to come tuesday at two'] };
    const heard = rows('fresh-lies.tsv').filter(
      ([language = 'en', text = '']) => !isEnded(text, facts, language),
    );
    expect(heard).toEqual([]);
  });
});
