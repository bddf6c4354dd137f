import { z } from 'zod';
import { listProviderForms } from '../../../manage/provider-form.ts';
import { readRoute } from '../route.ts';

const SettingSchema = z.object({
  type: z.enum(['string', 'number', 'integer', 'boolean', 'array']),
  title: z.string(),
  description: z.string(),
  placeholder: z.string(),
  format: z.string().nullable(),
  enum: z.array(z.string()).nullable(),
  default: z.unknown(),
});

const ProviderFormSchema = z
  .object({
    provider: z.string(),
    name: z.string(),
    settings: z
      .object({
        properties: z.record(z.string(), SettingSchema),
        required: z.array(z.string()),
      })
      .meta({ description: 'As a JSON schema of an object describes them.' }),
    credential: z
      .object({ label: z.string(), origin: z.string().nullable() })
      .nullable()
      .meta({ description: 'Null: it needs none.' }),
    signIn: z
      .object({
        missing: z
          .string()
          .nullable()
          .meta({ description: 'What has to be set on this server first; null: nothing.' }),
      })
      .nullable()
      .meta({ description: 'Null: nobody signs in there (authorizeCalendar).' }),
    asksTimeZone: z.boolean(),
    asksHours: z
      .boolean()
      .meta({ description: 'It knows no opening hours: an event has its own (`availability`).' }),
    sendsWebhooks: z.boolean(),
    listsEventTypes: z.boolean().meta({ description: 'False: any slug is booked.' }),
  })
  .meta({ id: 'CalendarProvider' });

export const CALENDAR_PROVIDER_ROUTES = [
  readRoute({
    id: 'listCalendarProviders',
    path: '/organizations/{organizationId}/calendar-providers',
    summary: 'What can be connected, and what each provider asks for.',
    action: 'calendars:read',
    params: z.object({ organizationId: z.uuid() }),
    query: z.strictObject({}),
    answer: z.object({ items: z.array(ProviderFormSchema) }),
    run: ({ outside }) => Promise.resolve({ items: listProviderForms(outside.providers) }),
  }),
];
