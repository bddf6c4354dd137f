import { z } from 'zod';
import { previewEvent } from '../../../manage/preview-event.ts';
import { inTime } from '../outside.ts';
import { readRoute } from '../route.ts';

const word = z.string().max(100).optional();
/** What is no number is told of by the rules of events, under its own name. */
const number = z
  .string()
  .max(20)
  .transform((text) => (text.trim() === '' ? NaN : Number(text)))
  .optional();

/** Of what is no JSON the rules of events say that it is no record. */
const json = z
  .string()
  .max(20_000)
  .transform((text): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  })
  .optional();

const OfferPreviewSchema = z
  .object({
    slots: z
      .array(z.object({ start: z.iso.datetime(), end: z.iso.datetime(), label: z.string() }))
      .meta({ description: 'What a caller who names no time would hear first.' }),
    days: z.array(z.string()).meta({ description: 'How much is free on each of the first days.' }),
    message: z.string().nullable().meta({ description: 'What is said where nothing is free.' }),
    timeZone: z.string().meta({ description: 'IANA: in which the labels are.' }),
    durationMinutes: z.int(),
  })
  .meta({ id: 'OfferPreview' });

export const OFFER_PREVIEW_ROUTES = [
  readRoute({
    id: 'previewOffer',
    path: '/organizations/{organizationId}/offer-preview',
    summary: 'Asks a calendar what a call would offer now of an event, stored or not.',
    action: 'booking-events:write',
    params: z.object({ organizationId: z.uuid() }),
    query: z.strictObject({
      calendar: z.string().max(100).meta({ description: 'Its name or id.' }),
      eventType: z.string().max(100).meta({ description: "The provider's slug." }),
      event: z
        .uuid()
        .optional()
        .meta({ description: 'One that is stored, for its opening hours.' }),
      agent: word.meta({ description: 'A slug; in its language.' }),
      busyCalendars: z
        .string()
        .max(1_000)
        .transform((text) => text.split(',').filter((name) => name !== ''))
        .optional()
        .meta({ description: 'Ids with commas between; those of the stored event unless given.' }),
      durationMinutes: number,
      meetingLink: word,
      timeZone: word,
      initialBookingDate: word,
      offeringDays: number,
      slotsPerDay: number,
      hoursBetweenSlots: number,
      availability: json.meta({
        description: 'As JSON: hours of its own, in a calendar that knows none; null: the usual.',
      }),
    }),
    example: { calendar: 'Test calendar', eventType: 'appointment' },
    answer: OfferPreviewSchema,
    async run({ db, outside, permit, query }) {
      const work = previewEvent({ ...outside, db }, permit.organizationId, query);
      const { slots, ...offer } = await inTime(outside, work);
      return {
        ...offer,
        slots: slots.map(({ start, end, label }) => ({
          start: start.toISOString(),
          end: end.toISOString(),
          label,
        })),
      };
    },
  }),
];
