import { describe, expect, it } from 'vitest';
import { readSentence } from '../../../booking/truth/claims.ts';
import { NO_DESK } from '../../../booking/desk/desk-facts.ts';
import type { CallFacts } from '../../../booking/truth/facts.ts';
import { judge } from '../../../booking/truth/judge.ts';
import { lexiconFor } from '../../../booking/truth/lexicon/lexicon.ts';

/** A Monday, 9 in the morning in New York. */
const NOW = new Date('2026-11-23T14:00:00Z');
const newYork = (local: string) => new Date(`${local}:00-05:00`);

const FACTS: CallFacts = {
  ...NO_DESK,
  now: NOW,
  timeZone: 'America/New_York',
  calendarTimeZones: ['America/New_York'],
  businessLanguage: 'en',
  business: ['We are at 5 Elm Street and open from 9 AM to 5 PM.'],
  informed: [],
  caller: ['could I come on thursday at four'],
};
const TUESDAY_2 = newYork('2026-11-24T14:00');
const WEDNESDAY_3 = newYork('2026-11-25T15:00');

const OFFERED: CallFacts = {
  ...FACTS,
  hasLooked: true,
  offered: [TUESDAY_2, newYork('2026-11-24T15:30'), WEDNESDAY_3],
  ends: [newYork('2026-11-24T14:30')],
  told: [{ text: 'Tuesday, November 24: 6 times free from 9:00 AM to 4:30 PM', language: 'en' }],
};
const BOOKED: CallFacts = {
  ...OFFERED,
  standing: [{ start: TUESDAY_2, isPending: false }],
  done: [{ status: 'booked', start: TUESDAY_2 }],
  knownStarts: [TUESDAY_2],
};
const WITH_ADAMS: CallFacts = {
  ...BOOKED,
  hosts: ['Dr. Adams', 'Dr. Baker'],
  standing: [{ start: TUESDAY_2, isPending: false, host: 'Dr. Adams' }],
};
const MOVED: CallFacts = {
  ...OFFERED,
  standing: [{ start: WEDNESDAY_3, isPending: false }],
  done: [
    { status: 'booked', start: TUESDAY_2 },
    { status: 'rescheduled', start: WEDNESDAY_3 },
  ],
  knownStarts: [TUESDAY_2, WEDNESDAY_3],
};
const CANCELLED: CallFacts = {
  ...OFFERED,
  done: [{ status: 'cancelled', start: TUESDAY_2 }],
  knownStarts: [TUESDAY_2],
};
const REQUESTED: CallFacts = {
  ...OFFERED,
  standing: [{ start: TUESDAY_2, isPending: true }],
  done: [{ status: 'requested', start: TUESDAY_2 }],
  knownStarts: [TUESDAY_2],
};

function verdict(text: string, facts: CallFacts, language = 'en'): string {
  const found = judge(text, readSentence(text, lexiconFor(language)), facts, [language]);
  return found.is === 'false' ? found.why : found.is;
}

describe('a sentence that is false', () => {
  it.each([
    ['not-booked', "You're booked for Tuesday at 2 PM.", OFFERED],
    ['not-booked', "Great, you're all set!", OFFERED],
    ['not-booked', "I've gone ahead and booked that for you.", FACTS],
    ['not-booked', 'Your appointment is confirmed.', REQUESTED],
    ['not-booked', "You're all set for Tuesday, okay?", OFFERED],
    ['other-time', "You're booked for Wednesday at 3 PM.", BOOKED],
    ['other-time', 'Your appointment is on Tuesday at 2:30 PM.', BOOKED],
    ['other-time', "You're booked for Tuesday at 2 PM Pacific time.", BOOKED],
    ['other-time', 'Booked: Tuesday, December 1 at 2:00 PM.', BOOKED],
    ['weekday-of-date', "You're booked for Wednesday, November 24 at 2 PM.", BOOKED],
    ['weekday-of-date', 'Shall I book Wednesday, November 24 at 2 PM?', OFFERED],
    ['weekday-of-date', 'Tomorrow is Wednesday.', FACTS],
    ['not-offered', 'I have Friday at 9 AM.', OFFERED],
    ['not-offered', 'How about Friday at 9 AM?', OFFERED],
    ['not-offered', 'I have Tuesday at 2:15 PM, would that work?', OFFERED],
    ['not-offered', 'Thursday at 4 is available.', OFFERED],
    ['not-offered', 'Tuesday at 5 PM or Wednesday at 3 PM.', OFFERED],
    ['not-offered', 'Yes, that time is available.', FACTS],
    ['not-offered', 'I can offer you Tuesday at 2 PM Pacific time.', OFFERED],
    ['other-zone', 'All times are in Pacific time.', OFFERED],
    ['not-moved', "I've moved your appointment to Wednesday at 3 PM.", BOOKED],
    ['other-time', "I've moved your appointment to Tuesday at 2 PM.", MOVED],
    ['other-time', 'Moved from Wednesday at 3 PM to Tuesday at 2 PM.', MOVED],
    ['not-cancelled', 'Your appointment has been canceled.', BOOKED],
    ['not-booked', 'You still have an appointment on Tuesday at 2 PM.', CANCELLED],
    ['not-booked', 'I looked at it and booked the whole week.', OFFERED],
    ['not-offered', 'Somebody is here until 7:15 PM.', OFFERED],
    ['somebody-else', 'Two PM is taken by Maria Lopez.', OFFERED],
    ['other-host', 'You are booked with Dr. Baker on Tuesday at 2 PM.', WITH_ADAMS],
    ['somebody-else', 'Mr. Smith has an appointment on Tuesday at 2 PM.', OFFERED],
  ])('is told apart: %s, "%s"', (why, text, facts) => {
    expect(verdict(text, facts)).toBe(why);
  });

  it.each([
    ['not-booked', 'Ihr Termin ist am Dienstag um 14 Uhr gebucht.', OFFERED, 'de'],
    ['other-time', 'Su cita está reservada para el miércoles a las 3 de la tarde.', BOOKED, 'es'],
    [
      'weekday-of-date',
      'Votre rendez-vous est réservé pour le mercredi 24 novembre à 14 h.',
      BOOKED,
      'fr',
    ],
    ['not-offered', 'Sexta às 9 está livre.', OFFERED, 'pt'],
    ['not-cancelled', 'Il suo appuntamento è stato annullato.', BOOKED, 'it'],
  ])('is told apart in other languages: %s, "%s"', (why, text, facts, language) => {
    expect(verdict(text, facts, language)).toBe(why);
  });
});

describe('a time that was lost', () => {
  const LOST: CallFacts = {
    ...OFFERED,
    lost: [newYork('2026-11-24T09:00')],
    mentioned: [{ text: 'Tuesday, November 24 at 9:00 AM has just been taken.', language: 'en' }],
  };

  it.each(['Tuesday at 9 AM is free.', 'I have Tuesday at nine.', 'How about Tuesday at 9 AM?'])(
    'is not free, though its day was told with it: "%s"',
    (text) => {
      expect(verdict(text, OFFERED)).toBe('true');
      expect(verdict(text, LOST)).toBe('not-offered');
    },
  );

  it.each([
    'Tuesday, November 24 at 9:00 AM has just been taken.',
    'Tuesday at 2 PM is free.',
    'On Tuesday there is something free.',
  ])('may be spoken of, and others are free: "%s"', (text) => {
    expect(['true', 'nothing']).toContain(verdict(text, LOST));
  });
});

describe('a sentence that is true, or claims nothing', () => {
  it.each([
    ['Booked: Tuesday, November 24 at 2:00 PM Eastern time, for Ann Lee.', BOOKED],
    ["You're all set for Tuesday at 2, a confirmation is sent today.", BOOKED],
    ["You're booked for tomorrow at 2 PM.", BOOKED],
    ["You're booked for 11 AM Pacific time.", BOOKED],
    ['I have Tuesday, November 24 at 2 PM or 3:30 PM, or Wednesday at 3.', OFFERED],
    ['Tuesday, November 24: 6 times free from 9:00 AM to 4:30 PM.', OFFERED],
    ['On Tuesday there are times from 9 AM to 4:30 PM.', OFFERED],
    [
      'Moved from Tuesday, November 24 at 2:00 PM to Wednesday, November 25 at 3:00 PM Eastern time.',
      MOVED,
    ],
    ['Cancelled: Tuesday, November 24 at 2:00 PM Eastern time.', CANCELLED],
    [
      'Requested: Tuesday, November 24 at 2:00 PM, for Ann. The business has yet to accept it.',
      REQUESTED,
    ],
    ['That time is already booked, I am afraid.', OFFERED],
    ['Tuesday, November 24 at 2:00 PM has just been taken.', OFFERED],
    ['So you would like Thursday at four, is that right?', FACTS],
    ['Let me check Thursday at 4 PM.', FACTS],
    ['We are open from 9 AM to 5 PM.', FACTS],
    ['We are at 5 Elm Street.', FACTS],
    ['The number ends in 0 1 0 1.', FACTS],
    ['A visit takes 30 minutes, at most 45.', FACTS],
    ['At most three tries.', FACTS],
    ['Today is Monday, November 23.', FACTS],
    ['I have Tuesday from 2 PM to 2:30 PM.', OFFERED],
    ['You are booked for Tuesday from 2 to 2:30 PM.', BOOKED],
    ['Somebody is here from 9 AM to 5 PM.', { ...FACTS, business: ['Mon-Fri 9-17'] }],
    ['Somebody is here until 7:15 PM.', { ...FACTS, calendarTimeZones: [] }],
    ['Parking is free from 6 PM to 8 AM.', { ...OFFERED, informed: ['Parking: free 18:00-8:00'] }],
    ['You can reach Dr. Lee at 5 Elm Street.', FACTS],
    ['You are booked with Dr. Adams on Tuesday at 2 PM.', WITH_ADAMS],
    ['Dr. Adams has you booked for Tuesday at 2 PM.', WITH_ADAMS],
    ['I have Tuesday at 2 PM or 3:30 PM with Dr. Baker.', { ...OFFERED, hosts: ['Dr. Baker'] }],
    ['Tuesday at three is already booked.', OFFERED],
    ["I've put that in my notes.", FACTS],
    ["You're booked for Tuesday at 2 PM, and please arrive at 1:50.", BOOKED],
    ["You're booked for Tuesday; to cancel, call us before Monday at 5 PM.", BOOKED],
    ['I could not confirm the booking yet.', FACTS],
    ['Nothing is free for Thursday, November 26 at 4:00 PM.', OFFERED],
  ])('passes: "%s"', (text, facts) => {
    expect(['true', 'nothing']).toContain(verdict(text, facts));
  });
});
