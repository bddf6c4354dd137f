import type { Database } from '../../db/database.ts';
import { countMessagesOfCall, listDoneInCall } from '../../db/calls/done-in-call.ts';
import { countSummaries, isMailGoingOut } from '../../db/messages/outbox-messages.ts';
import { BookingError } from '../booking-error.ts';
import type { SpokenLanguage } from '../languages/spoken-language.ts';
import { queueSummary } from '../outbox/queue-summary.ts';

const MOST_A_CALL = 2;
/** To one address, of all calls together: nobody fills a stranger's mailbox from here. */
const MOST_A_DAY = 5;

export interface CallSummaryOptions {
  db: Database;
  organizationId: string;
  agentId: string;
  callId: string;
  businessName: string;
  /** IANA: the caller's. */
  timeZone: string;
  /** What is spoken in the call. */
  language: SpokenLanguage;
}

/**
 * The summary of one call, by e-mail. It says what the ledger has of the call and no word of the model
 * or of a caller, and goes to addresses alone that were read back and confirmed in this call.
 */
export class CallSummary {
  readonly #options: CallSummaryOptions;
  readonly #confirmed = new Set<string>();
  #last: string | null = null;
  #sent = 0;

  constructor(options: CallSummaryOptions) {
    this.#options = options;
  }

  /** The caller said yes to the address as it was read back. */
  confirm(email: string): void {
    this.#last = email;
    this.#confirmed.add(email.toLowerCase());
  }

  isConfirmed(email: string): boolean {
    return this.#confirmed.has(email.toLowerCase());
  }

  /** The address that was confirmed last; null before the first. */
  get address(): string | null {
    return this.#last;
  }

  /**
   * Queues the mail.
   * @throws {BookingError} `summary-refused`: nothing is sent then
   */
  async send(email: string): Promise<{ status: 'sent'; message: string }> {
    const { db, organizationId, callId, businessName, timeZone, language } = this.#options;
    if (!this.isConfirmed(email)) {
      throw new BookingError(
        'summary-refused',
        'The address was not confirmed in this call. Read it back to the caller first.',
      );
    }
    if (this.#sent >= MOST_A_CALL) {
      throw new BookingError('summary-refused', 'No more mails can be sent in this call.');
    }
    const key = { organizationId, callId };
    const appointments = await listDoneInCall(db, key);
    const messages = await countMessagesOfCall(db, key);
    if (appointments.length === 0 && messages === 0) {
      throw new BookingError(
        'summary-refused',
        'There is nothing to sum up yet: nothing was booked, changed or left in this call.',
      );
    }
    if (!(await isMailGoingOut(db))) {
      throw new BookingError('summary-refused', 'No mail goes out at the moment. Say so.');
    }
    if ((await countSummaries(db, { organizationId, recipient: email })) >= MOST_A_DAY) {
      throw new BookingError('summary-refused', 'No more mails go to this address today.');
    }
    this.#sent += 1;
    await queueSummary(db, {
      ...key,
      number: this.#sent,
      recipient: email,
      payload: {
        language: language.now,
        businessName,
        timeZone,
        messages,
        appointments: appointments.map(({ eventName, startAt, status }) => ({
          eventName,
          status,
          start: startAt.toISOString(),
        })),
      },
    });
    return { status: 'sent', message: language.sentences.messages.summarySent };
  }
}
