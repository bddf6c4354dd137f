import { z } from 'zod';

/** What was found in the mailbox when the calendar was connected. */
const PlacesSchema = z.object({
  /** The address of the mailbox. */
  mailbox: z.string(),
  /** The id of the calendar that is booked into. */
  calendar: z.string().min(1),
  /** What its owner calls it. */
  name: z.string(),
  /** Whether it is the one that every mailbox has. */
  isOwn: z.boolean(),
  /** The ids of all calendars that block, that one among them. */
  blocking: z.array(z.string().min(1)).min(1),
});

export type MicrosoftPlaces = z.infer<typeof PlacesSchema>;

/** Settings of a connection to a mailbox of Microsoft's. */
export const MicrosoftSettingsSchema = z.object({
  calendar: z.string().min(1).optional().meta({
    description: "which calendar is booked into, by its name; the mailbox's own unless given",
    placeholder: 'name',
  }),
  busyCalendars: z.string().min(1).optional().meta({
    description: 'which others block times too: names with commas between, or all',
    placeholder: 'names',
  }),
  teams: z
    .enum(['yes', 'no'], { error: 'must be yes or no' })
    .default('no')
    .meta({ description: 'whether appointments are Teams meetings', placeholder: 'yes|no' }),
  email: z
    .enum(['required', 'optional'], { error: 'must be required or optional' })
    .default('required')
    .meta({
      description: 'whether an attendee needs an e-mail address',
      placeholder: 'required|optional',
    }),
  places: PlacesSchema.optional(),
});

export type MicrosoftSettings = z.infer<typeof MicrosoftSettingsSchema>;
