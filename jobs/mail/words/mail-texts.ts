import type { OutboxKind } from '../../../db/values.ts';

/** What mails say, in one language. `when` and `wished` are labels. */
export interface MailTexts {
  /** @param name null where nobody is named */
  hello: (name: string | null) => string;
  minutes: (when: string, count: number) => string;
  where: (location: string) => string;
  /** Sentences after an appointment's details. */
  closing: { change: string; callAgain: string; anotherOne: string; cannotCome: string };
  subjects: Record<OutboxKind | 'requested', (when: string) => string>;
  /** Sentences before an appointment's details. @param wished empty where no other time was wished for */
  openings: Record<OutboxKind | 'requested', (wished: string) => string>;
  /** What is said of what the business itself has changed, and why it did. */
  byBusiness: { rescheduled: string; cancelled: string; why: (reason: string) => string };
  /** What is said instead of an appointment that has been cancelled since. */
  ended: Record<
    | 'booked'
    | 'rescheduled'
    | 'settled_booked'
    | 'settled_rescheduled'
    | 'settled_not_rescheduled'
    | 'settled_not_cancelled',
    (wished: string) => string
  >;
  code: {
    subject: (businessName: string) => string;
    tell: (code: string) => string;
    toStrangers: string;
  };
  summary: {
    subject: (businessName: string) => string;
    opening: string;
    status: Record<'booked' | 'requested' | 'cancelled' | 'unconfirmed', string>;
    leftMessage: string;
    toStrangers: string;
  };
}
