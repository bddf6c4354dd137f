import { createTransport } from 'nodemailer';
import { within } from '../../runtime/within.ts';
import type { Mail } from './compose-mail.ts';

/** Milliseconds: a mail server that hangs must not hold the job. */
const CONNECT_TIMEOUT = 10_000;
const ANSWER_TIMEOUT = 30_000;
/** For a whole mail: one that says a word now and then would hold it for ever. */
const DEADLINE = 120_000;

export interface MailerOptions {
  /** smtp:// or smtps://, with user and password where the server asks for them. */
  url: string;
  /** "Harbor Street Clinic <desk@example.com>" or an address alone. */
  from: string;
  /** Milliseconds for one mail; two minutes unless given. */
  deadline?: number;
}

export interface OutgoingMail extends Mail {
  to: { name: string; address: string };
  /** The same when the mail is sent once more: a reader's program shows it once. */
  messageId: string;
}

/** The mail was not taken. The message says what the server answered, without any address. */
export class MailError extends Error {
  override readonly name = 'MailError';
  /** The server will never take it: the address does not exist, or the content is refused. */
  readonly isPermanent: boolean;

  constructor(message: string, options: ErrorOptions & { isPermanent: boolean }) {
    super(message, options);
    this.isPermanent = options.isPermanent;
  }
}

export interface Mailer {
  /** The sender's bare address. */
  sender: string;
  /** @throws {MailError} */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

/** Sends by SMTP; no connection is made before the first mail. */
export function createMailer({ url, from, deadline = DEADLINE }: MailerOptions): Mailer {
  const transport = createTransport(
    {
      url,
      connectionTimeout: CONNECT_TIMEOUT,
      greetingTimeout: CONNECT_TIMEOUT,
      socketTimeout: ANSWER_TIMEOUT,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    sender: /<([^>]+)>/.exec(from)?.[1] ?? from.trim(),
    async send({ to, messageId, subject, text, html, calendarFile }) {
      try {
        const sent = transport.sendMail({
          to,
          messageId,
          subject,
          text,
          html,
          // Nobody answers automatic mail with an automatic answer (RFC 3834, 5).
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...(calendarFile ? { icalEvent: { ...calendarFile, filename: 'appointment.ics' } } : {}),
        });
        await within(deadline, sent, () => new SlowServerError());
      } catch (error) {
        throw toMailError(error);
      }
    },
    close: () => transport.close(),
  };
}

/** The mail may still be taken; the same one, sent again, is shown to its reader once. */
class SlowServerError extends Error {
  override readonly name = 'SlowServerError';
  readonly code = 'ETIMEDOUT';
}

/** A server's own words quote the address: only its codes are kept. */
function toMailError(error: unknown): MailError {
  const { code, command, responseCode } = Object(error) as {
    code?: string;
    command?: string;
    responseCode?: number;
  };
  const isPermanent =
    (code === 'EENVELOPE' || code === 'EMESSAGE') &&
    responseCode !== undefined &&
    responseCode >= 500;
  const facts = [code, responseCode, command && `at ${command}`].filter((fact) => fact);
  return new MailError(facts.join(' ') || 'The mail could not be sent.', {
    isPermanent,
    cause: error,
  });
}
