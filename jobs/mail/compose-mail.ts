import { sentencesIn } from '../../booking/languages/sentences/sentences-in.ts';
import { slotLabel } from '../../booking/times/labels.ts';
import type { OutboxPayload } from '../../booking/outbox/outbox-payload.ts';
import type { OutboxKind } from '../../db/values.ts';
import { isTimeZone } from '../../runtime/given/time-zone.ts';
import { composeCalendarFile } from './calendar-file.ts';
import type { CalendarFile } from './calendar-file.ts';
import { businessWords, endedWords, mailWords, pendingWords } from './mail-words.ts';
import type { MailWords } from './mail-words.ts';
import { mailTextsIn } from './words/mail-texts-in.ts';

export interface Mail {
  subject: string;
  text: string;
  html: string;
  calendarFile: CalendarFile | null;
}

export interface MailToCompose {
  kind: OutboxKind;
  payload: OutboxPayload;
  recipient: string;
  /** The sender's address, where the calendar names no organizer. */
  sender: string;
  now: Date;
}

/**
 * Puts a message into words: times in the attendee's zone, which is named, or in the calendar's where
 * nobody knows the attendee's.
 */
export function composeMail(message: MailToCompose): Mail {
  const { kind, recipient, sender, now } = message;
  const payload = inKnownZone(message.payload);
  const words = wordsOf(kind, payload);
  const { timeZone } = payload.attendee;
  const { language } = payload;
  const texts = mailTextsIn(language);
  const label = (start: string) =>
    slotLabel(new Date(start), { timeZone, now, language, withZone: true });
  const when = label(payload.time.start);
  const wished = payload.wished ? label(payload.wished.start) : '';
  const details = [
    payload.eventName === null
      ? payload.businessName
      : `${payload.eventName}, ${payload.businessName}`,
    texts.minutes(withHost(when, payload), minutesOf(payload.time)),
    ...(payload.location === null ? [] : [texts.where(payload.location)]),
  ];
  const paragraphs = [
    texts.hello(payload.attendee.name),
    words.opening(wished),
    ...reasonOf(kind, payload),
    details,
    ...preparationOf(words, payload),
    words.closing,
    payload.businessName,
  ];
  return {
    ...writeMail(words.subject(when), paragraphs),
    calendarFile:
      words.calendarFile === null || payload.calendarFile === null
        ? null
        : composeCalendarFile({
            ...payload.calendarFile,
            method: words.calendarFile,
            payload,
            recipient,
            sender,
            now,
          }),
  };
}

/** Of an appointment that stands; its lines stay. */
function preparationOf(
  { calendarFile }: MailWords,
  { preparation }: OutboxPayload,
): (readonly string[])[] {
  if (calendarFile !== 'request' || preparation === null) return [];
  return [preparation.split('\n').filter((line) => line.trim() !== '')];
}

function withHost(when: string, { host, language }: OutboxPayload): string {
  return host === null ? when : sentencesIn(language).offers.withHost(when, host);
}

function inKnownZone(payload: OutboxPayload): OutboxPayload {
  const { attendee, calendarTimeZone } = payload;
  if (isTimeZone(attendee.timeZone)) return payload;
  return { ...payload, attendee: { ...attendee, timeZone: calendarTimeZone } };
}

/** @param paragraphs one of several lines is a list of them */
export function writeMail(
  subject: string,
  paragraphs: readonly (string | readonly string[])[],
): Pick<Mail, 'subject' | 'text' | 'html'> {
  const written = paragraphs.map((lines) => [lines].flat().map(oneLine).join('\n'));
  return {
    subject: oneLine(subject),
    text: `${written.join('\n\n')}\n`,
    html: written.map(toParagraph).join('\n'),
  };
}

function wordsOf(kind: OutboxKind, payload: OutboxPayload): MailWords {
  const { hasEnded, isPending, byBusiness, language } = payload;
  if (byBusiness && kind === 'cancelled') return businessWords(kind, language);
  if (hasEnded) return endedWords(kind, language);
  if (isPending) return pendingWords(kind, language);
  return byBusiness && kind === 'rescheduled'
    ? businessWords(kind, language)
    : mailWords(kind, language);
}

/** Why the business moved or cancelled it, as it gave the reason for the attendee. */
function reasonOf(kind: OutboxKind, { byBusiness, reason, language }: OutboxPayload): string[] {
  const isChange = kind === 'rescheduled' || kind === 'cancelled';
  if (!byBusiness || !isChange || reason === null) return [];
  return [mailTextsIn(language).byBusiness.why(reason)];
}

function minutesOf({ start, end }: OutboxPayload['time']): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
}

/** What a caller said is a part of a line, and never a line of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function toParagraph(text: string): string {
  return `<p>${escapeHtml(text).replaceAll('\n', '<br>\n')}</p>`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
