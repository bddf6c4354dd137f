import { z } from 'zod';
import { LANGUAGES } from '../../calls/languages.ts';
import { nameWithoutLinks } from '../../runtime/given/person-name.ts';

/** Of the mail; of rows that are older than this field it is English. */
const LanguageSchema = z.enum(LANGUAGES).default('en');
const TimeSchema = z.object({ start: z.iso.datetime(), end: z.iso.datetime() });

/**
 * What a message says, fixed when it is queued: a row that waits for a mail server tells what was
 * true then. Instants are ISO strings in UTC.
 */
export const OutboxPayloadSchema = z.object({
  language: LanguageSchema,
  businessName: z.string(),
  eventName: z.string().nullable(),
  /** With whom it is; null where nobody is named. */
  host: z.string().nullable().default(null),
  /** What its attendee has to know or to bring. */
  preparation: z.string().nullable().default(null),
  attendee: z.object({ name: z.string().transform(nameWithoutLinks), timeZone: z.string() }),
  calendarTimeZone: z.string(),
  /** When the appointment is; when it would have been, where there is none. */
  time: TimeSchema,
  /** The time that a move asked for and did not get. */
  wished: TimeSchema.nullable(),
  location: z.string().nullable(),
  organizer: z.object({ name: z.string().nullable(), email: z.string() }).nullable(),
  reason: z.string().nullable(),
  /** The business itself asked for it, and the attendee did not. */
  byBusiness: z.boolean().default(false),
  /** The business has yet to accept it. */
  isPending: z.boolean().default(false),
  /** It was cancelled or rejected before this was said; the job that sends it asks again. */
  hasEnded: z.boolean().default(false),
  /** Null where there is no appointment; whoever sends it leaves out what the provider sends itself. */
  calendarFile: z.object({ uid: z.string(), sequence: z.int().min(0) }).nullable(),
});

export type OutboxPayload = z.infer<typeof OutboxPayloadSchema>;

/** What the mail of a code says. */
export const CodePayloadSchema = z.object({
  language: LanguageSchema,
  businessName: z.string(),
  attendee: z.object({ name: z.string() }),
  code: z.string(),
  /** From then on it is not sent any more. */
  expiresAt: z.iso.datetime(),
});

export type CodePayload = z.infer<typeof CodePayloadSchema>;

/** What the mail that sums a call up says: no word of the model or of a caller. */
export const SummaryPayloadSchema = z.object({
  language: LanguageSchema,
  businessName: z.string(),
  /** IANA: the caller's. */
  timeZone: z.string(),
  appointments: z.array(
    z.object({
      eventName: z.string().nullable(),
      start: z.iso.datetime(),
      status: z.enum(['booked', 'requested', 'cancelled', 'unconfirmed']),
    }),
  ),
  /** How many were left for the business. */
  messages: z.int().min(0),
});

export type SummaryPayload = z.infer<typeof SummaryPayloadSchema>;

/** What the mail says that a person of the office is sent a link with. */
export const AccountLinkPayloadSchema = z.object({
  purpose: z.enum(['verify-email', 'reset-password', 'invitation']),
  organizationName: z.string(),
  /** Empty where nobody knows it yet. */
  name: z.string().transform(nameWithoutLinks),
  url: z.url(),
  /** From then on it is not sent any more. */
  expiresAt: z.iso.datetime(),
});

export type AccountLinkPayload = z.infer<typeof AccountLinkPayloadSchema>;

/** What the mail says that tells an owner of a webhook endpoint which is told nothing any more. */
export const WebhookOffPayloadSchema = z.object({
  organizationName: z.string(),
  name: z.string().transform(nameWithoutLinks),
  host: z.string(),
  /** Of its first failure. */
  since: z.iso.datetime(),
  /** Of its last one. */
  reason: z.string(),
});

export type WebhookOffPayload = z.infer<typeof WebhookOffPayloadSchema>;

/** What the mail says that tells a manager of the office of a figure. */
export const AlertPayloadSchema = z.object({
  organizationName: z.string(),
  recipientName: z.string().transform(nameWithoutLinks),
  /** False: it is over. */
  isRaised: z.boolean(),
  /** As somebody called the alert. */
  name: z.string(),
  /** What is measured. */
  words: z.string(),
  value: z.string(),
  threshold: z.string(),
  /** Over how long it was measured; null: what the words say. */
  hours: z.int().min(1).nullable(),
});

export type AlertPayload = z.infer<typeof AlertPayloadSchema>;
