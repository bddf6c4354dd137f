import type { Task } from 'graphile-worker';
import type { Logger } from 'pino';
import { OutboxPayloadSchema } from '../../booking/outbox/outbox-payload.ts';
import type { Database } from '../../db/database.ts';
import {
  countPendingMessages,
  noteAttempt,
  takeDueMessage,
} from '../../db/messages/outbox-messages.ts';
import type { DueMessage } from '../../db/messages/outbox-messages.ts';
import { composeMail } from '../mail/compose-mail.ts';
import type { Mail } from '../mail/compose-mail.ts';
import { MailError } from '../mail/mailer.ts';
import type { Mailer } from '../mail/mailer.ts';

export interface SendMailParts {
  db: Database;
  logger: Logger;
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
  { now, attempts = ATTEMPTS }: SendMailParts,
  mailer: Mailer,
  message: DueMessage,
): Promise<{ state: 'pending' | 'sent' | 'failed'; lastError: string | null }> {
  const payload = OutboxPayloadSchema.safeParse(message.payload);
  if (!payload.success) return { state: 'failed', lastError: 'The payload cannot be read.' };
  if (new Date(payload.data.time.end) < now()) {
    return { state: 'failed', lastError: 'The appointment was over before it could be sent.' };
  }
  let mail: Mail;
  try {
    mail = composeMail({
      kind: message.kind,
      // It may have waited: that an appointment stands is said of one that stands now.
      payload: { ...payload.data, hasEnded: payload.data.hasEnded || message.hasEnded },
      recipient: message.recipient,
      sender: mailer.sender,
      now: now(),
    });
  } catch (error) {
    // For ever, too: it must not keep what was said later waiting. Only the name: messages may quote.
    const name = error instanceof Error ? error.name : 'unknown';
    return { state: 'failed', lastError: `The mail could not be put into words: ${name}.` };
  }
  try {
    await mailer.send({
      ...mail,
      to: { name: payload.data.attendee.name, address: message.recipient },
      messageId: `<${message.id}@slotline>`,
    });
    return { state: 'sent', lastError: null };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const isLast = error.isPermanent || message.attempts >= attempts;
    return { state: isLast ? 'failed' : 'pending', lastError: error.message };
  }
}
