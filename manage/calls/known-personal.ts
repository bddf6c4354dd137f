import type { WholeCall } from '../../db/calls/whole-call.ts';

/** What names the people of a call: names, addresses and numbers, as they are written. */
export interface KnownPersonal {
  names: string[];
  emails: string[];
  /** E.164, or as they were given. */
  phones: string[];
}

/** Where tools are given, and answer, what names people. */
const FIELDS: Record<string, keyof KnownPersonal> = {
  attendee_name: 'names',
  name: 'names',
  attendee_email: 'emails',
  email: 'emails',
  did_you_mean: 'emails',
  attendee_phone: 'phones',
  callback_number: 'phones',
  phone: 'phones',
};
const EMAIL = /[\p{L}\d.!#$%&'*+/=?^_{|}~-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;
/** "My name is mary smith and …", up to three words. */
const INTRODUCED = /\bname(?: is|['’]s) ((?:(?!and\b|my\b|please\b)[\p{L}'’-]+ ?){1,3})/giu;
/** Shorter numbers are dates, times and counts. */
export const FEWEST_DIGITS = 7;

/**
 * Finds what names the people of a call: in what was booked and left, in what the tools were given,
 * and in what was said.
 */
export function findPersonal(
  call: Pick<WholeCall, 'callerNumber' | 'intents' | 'messages' | 'tools' | 'turns'>,
): KnownPersonal {
  const known: KnownPersonal = { names: [], emails: [], phones: [] };
  const add = (kind: keyof KnownPersonal, value: string | null | undefined): void => {
    const text = kind === 'emails' ? asWritten(value ?? '') : (value ?? '').trim();
    if (isOne(kind, text) && !known[kind].includes(text)) known[kind].push(text);
  };
  add('phones', call.callerNumber);
  for (const { attendee } of call.intents) {
    add('names', attendee.name);
    add('emails', attendee.email);
    add('phones', attendee.phone);
  }
  for (const message of call.messages) {
    add('names', message.name);
    add('emails', message.email);
    add('phones', message.callbackNumber);
  }
  const addFields = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [field, part] of Object.entries(value)) {
      const kind = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
      if (typeof part === 'string' && kind) add(kind, part);
      else addFields(part);
    }
  };
  for (const tool of call.tools) {
    addFields(tool.arguments);
    addFields(tool.result);
  }
  for (const { role, text } of call.turns) {
    for (const [address] of text.matchAll(EMAIL)) add('emails', address);
    if (role !== 'caller') continue;
    for (const [, name] of text.matchAll(INTRODUCED)) add('names', name);
  }
  return known;
}

function isOne(kind: keyof KnownPersonal, text: string): boolean {
  if (kind === 'emails') return text.includes('@');
  if (kind === 'phones') return text.replaceAll(/\D/g, '').length >= FEWEST_DIGITS;
  return /\p{L}{2}/u.test(text) && text.length <= 100 && text !== 'Forgotten';
}

/** "Mary dot Smith at example dot com" as "mary.smith@example.com". */
function asWritten(given: string): string {
  if (given.includes('@')) return given.trim().toLowerCase();
  return given
    .toLowerCase()
    .replaceAll(/\s+(?:dot|point)\s+/g, '.')
    .replaceAll(/\s+(?:dash|hyphen|minus)\s+/g, '-')
    .replaceAll(/\s+underscore\s+/g, '_')
    .replace(/\s+at\s+/, '@')
    .replaceAll(/\s+/g, '');
}
