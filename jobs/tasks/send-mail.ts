import type { Task } from 'graphile-worker';
import {
  AccountLinkPayloadSchema,
  AlertPayloadSchema,
  CodePayloadSchema,
  OutboxPayloadSchema,
  SummaryPayloadSchema,
  WebhookOffPayloadSchema,
} from '../../booking/outbox/outbox-payload.ts';
import type { Providers } from '../../calendar/providers.ts';
import type { Database } from '../../db/database.ts';
import {
  countPendingMessages,
  noteAttempt,
  takeDueMessage,
} from '../../db/messages/outbox-messages.ts';
import type { DueMessage } from '../../db/messages/outbox-messages.ts';
import type { OutboxKind } from '../../db/values.ts';
import { composeAccountLink } from '../mail/compose-account-link.ts';
import { composeAlert } from '../mail/compose-alert.ts';
import { composeCode } from '../mail/compose-code.ts';
import { composeMail } from '../mail/compose-mail.ts';
import { composeSummary } from '../mail/compose-summary.ts';
import { composeWebhookOff } from '../mail/compose-webhook-off.ts';
import type { Mail } from '../mail/compose-mail.ts';
import { MailError } from '../mail/mailer.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Logger } from '../../runtime/logger.ts';

export interface SendMailParts {
  db: Database;
  logger: Logger;
  providers: Providers;
  /** Null where no mail server is configured: messages wait. */
  mailer: Mailer | null;
  now: () => Date;
  /** Milliseconds to the second attempt, doubled with each. Default a minute. */
  pause?: number;
  /** How often a message is tried before it is given up. Default 8: over about two hours. */
  attempts?: number;
}

const PAUSE = 60_000;
const ATTEMPTS = 8;

/** Sends every message that is due. Several processes may do so at once. */
export function sendMail(parts: SendMailParts): Task {
  let hasWarned = false;
  return async () => {
    if (!parts.mailer) {
      if (hasWarned) return;
      const waiting = await countPendingMessages(parts.db);
      if (waiting === 0) return;
      hasWarned = true;
      parts.logger.warn(
        { waiting },
        'messages to attendees wait: set SMTP_URL and SMTP_FROM to send them',
      );
      return;
    }
    for (
      let message = await takeDueMessage(parts.db, parts.pause ?? PAUSE);
      message;
      message = await takeDueMessage(parts.db, parts.pause ?? PAUSE)
    ) {
      const end = await attempt(parts, parts.mailer, message);
      await noteAttempt(parts.db, message, end);
      parts.logger.info(
        { messageId: message.id, kind: message.kind, state: end.state, attempt: message.attempts },
        'message to an attendee',
      );
    }
  };
}

async function attempt(
  { now, providers, attempts = ATTEMPTS }: SendMailParts,
  mailer: Mailer,
  message: DueMessage,
): Promise<{ state: 'pending' | 'sent' | 'failed'; lastError: string | null }> {
  const composed = compose(message, { sender: mailer.sender, now: now(), providers });
  // It has failed for good: a later message of the appointment must not wait for it.
  if ('lastError' in composed) return { state: 'failed', ...composed };
  try {
    await mailer.send({
      ...composed.mail,
      to: { name: composed.name, address: message.recipient },
      messageId: `<${message.id}@slotline>`,
    });
    return { state: 'sent', lastError: null };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const isLast = error.isPermanent || message.attempts >= attempts;
    return { state: isLast ? 'failed' : 'pending', lastError: error.message };
  }
}

interface ComposeParts {
  sender: string;
  now: Date;
  providers: Providers;
}

/** The mail and whom it is to, or why there is none: only a name, since messages may quote. */
function compose(
  message: DueMessage,
  { sender, now, providers }: ComposeParts,
): { mail: Mail; name: string } | { lastError: string } {
  try {
    const { kind, payload } = message;
    if (kind === 'code') return readCodeMail(payload, now);
    if (kind === 'summary') return readSummaryMail(payload, now);
    if (kind === 'account_link') return readAccountMail(payload, now);
    if (kind === 'webhook_off') return readWebhookOffMail(payload, now);
    if (kind === 'alert') return readAlertMail(payload);
    return readAppointmentMail({ ...message, kind }, { sender, now, providers });
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    return { lastError: `The mail could not be put into words: ${name}.` };
  }
}

const UNREADABLE = { lastError: 'The payload cannot be read.' };

function readCodeMail(payload: unknown, now: Date): ReturnType<typeof compose> {
  const { data } = CodePayloadSchema.safeParse(payload);
  if (!data) return UNREADABLE;
  if (new Date(data.expiresAt) < now) {
    return { lastError: 'The code had expired before it could be sent.' };
  }
  return { mail: composeCode(data), name: data.attendee.name };
}

function readSummaryMail(payload: unknown, now: Date): ReturnType<typeof compose> {
  const { data } = SummaryPayloadSchema.safeParse(payload);
  return data ? { mail: composeSummary(data, now), name: '' } : UNREADABLE;
}

function readAccountMail(payload: unknown, now: Date): ReturnType<typeof compose> {
  const { data } = AccountLinkPayloadSchema.safeParse(payload);
  if (!data) return UNREADABLE;
  if (new Date(data.expiresAt) < now) {
    return { lastError: 'The link had expired before it could be sent.' };
  }
  return { mail: composeAccountLink(data), name: data.name };
}

function readWebhookOffMail(payload: unknown, now: Date): ReturnType<typeof compose> {
  const { data } = WebhookOffPayloadSchema.safeParse(payload);
  return data ? { mail: composeWebhookOff(data, now), name: data.name } : UNREADABLE;
}

function readAlertMail(payload: unknown): ReturnType<typeof compose> {
  const { data } = AlertPayloadSchema.safeParse(payload);
  return data ? { mail: composeAlert(data), name: data.recipientName } : UNREADABLE;
}

function readAppointmentMail(
  message: DueMessage & { kind: OutboxKind },
  { sender, now, providers }: ComposeParts,
): ReturnType<typeof compose> {
  const { kind, recipient } = message;
  const { data } = OutboxPayloadSchema.safeParse(message.payload);
  if (!data) return UNREADABLE;
  if (new Date(data.time.end) < now) {
    return { lastError: 'The appointment was over before it could be sent.' };
  }
  // It may have waited: that an appointment stands is said of one that stands now.
  const payload = {
    ...data,
    hasEnded: data.hasEnded || message.hasEnded,
    calendarFile: providerSendsFile(message, providers) ? null : data.calendarFile,
  };
  const mail = composeMail({ kind, payload, recipient, sender, now });
  return { mail, name: data.attendee.name };
}

/** Of its own: with ours beside it the appointment would be in the attendee's calendar twice. */
function providerSendsFile({ provider }: DueMessage, { list }: Providers): boolean {
  return list.some(({ id, writesToAttendees }) => id === provider && writesToAttendees);
}
