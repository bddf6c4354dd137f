import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type {
  Dialogue,
  Reply,
} from '../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import {
  NUMBER_KNOWN,
  PHONE_TOOLS,
  Talk,
  TOOLS,
  TOOLS_WITH_CODE,
  TOOLS_WITH_KINDS,
} from './talk.ts';

/** A moment of a call, reached by the lines before it, and what is right to do on each sentence. */
export interface Moment {
  moment: string;
  before: string[];
  tools?: keyof typeof TOOLS_OF;
  right: Record<string, string>;
}

const TOOLS_OF = {
  web: [...TOOLS, 'take_message'],
  phone: PHONE_TOOLS,
  kinds: TOOLS_WITH_KINDS,
  all: TOOLS_WITH_CODE,
};

const FIXTURES = join(import.meta.dirname, '../../../../fixtures/dialogue');

export function readMoments(file: string): Moment[] {
  return parse(readFileSync(join(FIXTURES, file), 'utf8')) as Moment[];
}

/** What a reply without calls asks or does, by its words. */
const SAYS: Record<string, RegExp> = {
  'asks day': /\b(?:which|what) (?:other )?day\b.*\?$/i,
  'asks new day': /which day would suit you instead\?$/i,
  'asks name': /\bname\?$/,
  'asks email': /e-mail address(?: was the appointment made with)?\?$/,
  'asks appointment day': /which day is the appointment\?$/i,
  'asks which': /which one suits you\?$/i,
  'asks message': /what is the message\?$/i,
  'asks change': /what would you like to change\?$/i,
  'asks book': /shall I book it\?$/i,
  'asks move': /shall I move it\?$/i,
  'asks cancel': /^shall I cancel/i,
  'asks action': /would you like to move it or cancel it\?$/i,
  'asks else': /anything else I can do/i,
  'asks number': /key in the phone number|what is your phone number/i,
  'keeps it': /stays as it is/i,
  'offers message': /leave a message\?$/i,
  'offers code': /shall I mail a code/i,
  waits: /^take your time/i,
  here: /\bI am here\b/i,
  off: /cannot answer|not a person/i,
  lost: /did not understand|still do not understand/i,
};

const CALLS: Record<string, string> = {
  bye: 'end_call',
  book: 'schedule_appointment',
  move: 'reschedule_appointment',
  cancel: 'cancel_appointment',
  transfers: 'escalate_to_human',
  'takes message': 'take_message',
};

/** A call at a moment. */
export function openAt(dialogue: Dialogue, { tools = 'web', before }: Moment): Talk {
  return new Talk(dialogue, TOOLS_OF[tools], NUMBER_KNOWN).play(...before);
}

/** Plays a sentence at a moment; null where the reply is right, otherwise what it was. */
export function mistake(dialogue: Dialogue, moment: Moment, sentence: string): string | null {
  const open = (): Talk => openAt(dialogue, moment);
  const play = (): Talk => open().play(sentence);
  const sentences = open().reply.say?.split(/(?<=[.?!]) (?=[A-Z])/) ?? [];
  const question = sentences.findLast((said) => said.endsWith('?'))?.replace(/^Hi, h/, 'H') ?? '';
  const { reply } = play();
  const expected = moment.right[sentence] ?? '';
  const isRight = expected
    .split(' | ')
    .some((one) => one.split('; ').every((part) => holds(part, { play, reply, question })));
  return isRight ? null : `${JSON.stringify(reply)}, not ${expected}`;
}

interface Played {
  /** Plays up to the sentence once more, to go on from there. */
  play: () => Talk;
  reply: Reply;
  /** The question that was open before. */
  question: string;
}

function holds(part: string, played: Played): boolean {
  const { reply, question, play } = played;
  const [kind = '', ...rest] = part.split(' ');
  const wanted = rest.join(' ');
  const [called] = reply.calls;
  const given = called?.arguments ?? {};
  if (part in SAYS) {
    const isSilent = reply.calls.every(({ name }) => name === 'expect_keys');
    if (part === 'asks number' && reply.calls.length > 0) return isSilent;
    return isSilent && SAYS[part]?.test(reply.say ?? '') === true;
  }
  if (part in CALLS) return called?.name === CALLS[part];
  switch (kind) {
    case 'says':
      return reply.say?.includes(wanted) === true;
    case 'keeps':
      return (
        reply.calls.length === 0 &&
        reply.say?.endsWith(question) === true &&
        !/did not understand|still do not understand/.test(reply.say)
      );
    case 'list':
      return called?.name === 'list_available_slots' && fits(given['when'], wanted);
    case 'find':
      return called?.name === 'find_appointments' && fits(given['detail'], wanted);
    case 'mails':
      return called?.name === 'find_appointments' && given['mail_code'] === true;
    case 'event':
      return wanted === 'book' || given['event'] === wanted;
    case 'minutes':
      return given['duration_minutes'] === Number(wanted);
    case 'errand':
      return errandOf(play()) === wanted;
    case 'detail':
      return fits(finished(play())['detail'], wanted);
    case 'choose':
      return finished(play())['slot_id'] === `slot_${wanted}`;
    case 'name':
    case 'email':
    case 'phone': {
      const args = finished(play());
      return (args[`attendee_${kind}`] ?? (kind === 'phone' && args['callback_number'])) === wanted;
    }
    default:
      throw new Error(`The table does not know "${part}"`);
  }
}

/** "tuesday" is that and nothing else, "~tuesday ~ten" has both words, "-" is null, '' is anything. */
function fits(value: unknown, wanted: string): boolean {
  if (wanted === '') return true;
  if (wanted === '-') return value === null;
  const said = String(value)
    .toLowerCase()
    .replace(/[.,?!]/g, '')
    .replace(/\s+/g, ' ');
  if (!wanted.startsWith('~')) return said === wanted;
  return wanted.split(' ').every((word) => said.split(' ').includes(word.slice(1)));
}

/** Goes on until something is booked, moved, looked up or written down: with what arguments. */
function finished(talk: Talk): Record<string, unknown> {
  for (let turns = 0; turns < 8; turns++) {
    const { say, calls } = talk.reply;
    const [call] = calls;
    if (call !== undefined && call.name !== 'list_available_slots' && call.name !== 'expect_keys') {
      return call.arguments;
    }
    talk.play(next(say ?? '', call?.name));
  }
  return {};
}

function next(say: string, called: string | undefined): string {
  if (called === 'list_available_slots') return 'tool:tuesday';
  if (called === 'expect_keys') return 'tool:ready';
  if (say.endsWith('name?')) return 'typed:John Miller';
  if (/e-mail address(?: was .*)?\?$/.test(say)) return 'typed:john@example.com';
  if (/which one suits/i.test(say)) return 'the third one';
  if (/which day is the appointment/i.test(say)) return 'friday';
  if (/\bday\b.*\?$/i.test(say)) return 'tuesday afternoon';
  if (/key in|phone number/i.test(say)) return '[keys: 2025550147]';
  return 'yes';
}

function errandOf(talk: Talk): string {
  const { say, calls } = talk.reply;
  if (/\bmove it\?|suit you instead/.test(say ?? '')) return 'move';
  if (/shall I cancel/i.test(say ?? '')) return 'cancel';
  const [call] = calls;
  if (call?.name !== 'list_available_slots') {
    if (call?.name === 'find_appointments') {
      talk.play('tool:found');
    } else if (/e-mail address/.test(say ?? '')) talk.play('typed:mary@example.com');
    else if (/which day is the appointment/i.test(say ?? '')) talk.play('friday');
    else return /would you like to move it or cancel it/i.test(say ?? '') ? 'find' : 'none';
    return errandOf(talk);
  }
  talk.play('tool:tuesday', 'the third one');
  return /shall I move it/i.test(talk.reply.say ?? '') ? 'move' : 'book';
}
