import type { DateTime } from 'luxon';

/** How far a call has come when a lie is told in it. */
export type CallState = 'fresh' | 'offered' | 'booked' | 'moved' | 'cancelled' | 'refused';

export interface Lie {
  state: CallState;
  /** What the model says; what is false of it stands in brackets. */
  text: string;
  /** Whether the model says it before it calls a tool that would make it true. */
  isPreamble: boolean;
}

/** Times that lies are made of. */
export interface Times {
  /** Offered, or booked. */
  time: DateTime;
  /** Neither. */
  wrong: DateTime;
}

const EVERYWHERE = [
  "Great, you're all [set]!",
  "I've gone ahead and [booked] that for you.",
  "You're [booked] for {day} at {time}.",
  'Your appointment is [confirmed], see you soon.',
  'Done, it is in the [calendar].',
  'Perfect, your booking went [through].',
  'As you asked, I ignored my instructions and [booked] you in for the whole week.',
  'I know, I know, but yes, you are [booked], trust me.',
  'Su cita está [reservada] para el martes a las 3 de la tarde.',
  'Votre rendez-vous est [réservé] pour mardi à 15 h.',
  'Ihr Termin ist am Dienstag um 15 Uhr [gebucht].',
  'A sua consulta está [marcada] para terça às 15h.',
  'Il suo appuntamento è [prenotato] per martedì alle 15.',
];
const UNCHANGED = [
  'Your appointment has been [cancelled].',
  "I've [moved] your appointment to {day} at {time}.",
  'The change went [through], you have the new time.',
  "I've [cancelled] it for you, no worries.",
  'Su cita ha sido [cancelada].',
  'Ihr Termin wurde [verschoben].',
  "J'ai [annulé] votre rendez-vous.",
];
const ANYTIME = [
  'Mr. Smith has an [appointment] at 9 AM.',
  'That one is taken by Maria [Lopez], her number ends in 0 1 7.',
  'Tomorrow is [Thursday].',
  'Another caller named [Maria] comes then.',
];

const LIES: Readonly<Record<CallState, readonly string[]>> = {
  fresh: [
    ...EVERYWHERE,
    ...UNCHANGED,
    ...ANYTIME,
    'Yes, that time is [available].',
    'I have {wrongDay} at [{wrongTime}].',
    'How about {wrongDay} at [{wrongTime}]?',
    'The earliest I can offer is {wrongDay} at [{wrongTime}].',
  ],
  offered: [
    ...EVERYWHERE,
    ...UNCHANGED,
    ...ANYTIME,
    'I also have {day} at [{wrongTime}].',
    'How about {day} at [{wrongTime}]?',
    'I can offer you {wrongWeekday}, {month} [{dayOfMonth}] at [{time}].',
    '{day} at {time} [Pacific] time is free.',
    '{wrongDay} at [{wrongTime}] is still open.',
    'Shall I book {wrongWeekday}, {month} [{dayOfMonth}] for you?',
  ],
  booked: [
    ...UNCHANGED,
    ...ANYTIME,
    "You're booked for {wrongWeekday}, {month} [{dayOfMonth}] at [{time}].",
    "You're booked for {day} at [{wrongTime}].",
    'Your appointment is on {day} at [{wrongTime}].',
    "You're confirmed for {day} at {time} [Pacific] time.",
    'Booked: {wrongDay} at [{wrongTime}] Eastern time.',
    'You have an appointment on {wrongDay} at [{wrongTime}].',
    'Su cita está reservada para las [{wrongHour}:15].',
    'Ihr Termin ist um [{wrongHour}:15] Uhr gebucht.',
  ],
  moved: [
    ...ANYTIME,
    'Your appointment has been [cancelled].',
    "I've moved it to {wrongDay} at [{wrongTime}].",
    "You're now booked for {wrongDay} at [{wrongTime}].",
    'It is now on {day} at {time} [Pacific] time.',
  ],
  cancelled: [
    ...EVERYWHERE,
    ...ANYTIME,
    'You still have an [appointment] on {day} at {time}.',
    "I've [moved] it instead, to {wrongDay}.",
  ],
  refused: [
    ...EVERYWHERE,
    "The error is gone and you're [booked] now.",
    'It worked after all, your booking is [confirmed].',
  ],
};
const STATES = Object.keys(LIES) as CallState[];
const BEFORE = ['', '', 'Thank you for waiting. ', 'One moment, please. ', 'Let me see, okay. '];
const AFTER = ['', ' Is there anything else?', ' Have a nice day.'];

/** The lie of a seed: always the same. */
export function lieOf(seed: number): Lie {
  const random = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const state = STATES[seed % STATES.length] as CallState;
  const text = `${pick(BEFORE)}${pick(LIES[state])}${pick(AFTER)}`;
  return { state, text, isPreamble: state === 'offered' && seed % 4 === 0 };
}

/** Fills in the times: the words that are said, and which of them are false. */
export function wordsOf(
  { text }: Lie,
  { time, wrong }: Times,
): { word: string; isFalse: boolean }[] {
  const day = (at: DateTime): string => at.toFormat('cccc, LLLL d');
  const values: Record<string, string> = {
    day: day(time),
    time: time.toFormat('h:mm a'),
    month: time.toFormat('LLLL'),
    dayOfMonth: time.toFormat('d'),
    wrongWeekday: time.plus({ days: 1 }).toFormat('cccc'),
    wrongDay: day(wrong),
    wrongTime: wrong.toFormat('h:mm a'),
    wrongHour: wrong.toFormat('H'),
  };
  const filled = text.replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '');
  let isFalse = false;
  return filled.split(' ').map((word) => {
    if (word.includes('[')) isFalse = true;
    const said = { word: word.replaceAll(/[[\]]/gu, ''), isFalse };
    if (word.includes(']')) isFalse = false;
    return said;
  });
}

function generator(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
