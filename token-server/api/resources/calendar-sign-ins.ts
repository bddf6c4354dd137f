import { z } from 'zod';
import { signsIn } from '../../../calendar/oauth/oauth-client.ts';
import { PROVIDERS } from '../../../calendar/providers.ts';
import { NameSchema } from '../../../manage/parse-input.ts';
import { beginSignIn } from '../../../manage/sign-in/begin-sign-in.ts';
import { TimeZoneSchema } from '../../../runtime/given/time-zone.ts';
import { namedAmongSettings } from '../settings-field.ts';
import { writeRoute } from '../route.ts';

/** A provider whose owners sign in there. */
const [signingIn] = PROVIDERS.filter(signsIn);

const SignInSchema = z.strictObject({
  name: NameSchema.meta({ description: 'Of one that is there: it is connected again.' }),
  provider: z.string().max(40),
  timeZone: TimeZoneSchema.exactOptional().meta({
    description: 'In which its working hours are, where its provider knows none.',
  }),
  settings: z
    .record(z.string().max(60), z.unknown())
    .exactOptional()
    .meta({ description: 'By the form of its provider (listCalendarProviders).' }),
});

export const CALENDAR_SIGN_IN_ROUTES = [
  writeRoute({
    id: 'authorizeCalendar',
    method: 'post',
    path: '/organizations/{organizationId}/calendar-sign-ins',
    summary:
      'Begins to connect a calendar whose owner signs in at its provider: answers where to send them. They come back to this server, in the same browser, and the calendar is connected.',
    action: 'calendars:connect',
    params: z.object({ organizationId: z.uuid() }),
    body: SignInSchema,
    example: { name: 'Practice', provider: signingIn?.id ?? '', timeZone: 'America/New_York' },
    answer: z.object({
      url: z.url().meta({ description: 'Where they sign in and agree; good once.' }),
      adminConsentUrl: z
        .url()
        .nullable()
        .meta({ description: 'Where an administrator agrees for all; null: there is none.' }),
      expiresAt: z.iso.datetime(),
    }),
    status: 201,
    isIdempotent: false,
    current: null,
    async run({ db, outside, permit: { organizationId, actor }, body, officeUrl }) {
      const { settings = {}, ...stated } = body;
      const { kind, id, name } = actor;
      const begun = await namedAmongSettings(settings, stated, (input) =>
        beginSignIn({ ...outside, db }, organizationId, input, {
          actor: { kind, id, name },
          sessionId: actor.kind === 'user' ? actor.sessionId : null,
          publicUrl: officeUrl,
        }),
      );
      const { url, adminConsentUrl, expiresAt } = begun;
      return {
        answer: { url, adminConsentUrl, expiresAt: expiresAt.toISOString() },
        change: {
          action: 'calendar-sign-in.begun',
          subject: { kind: 'calendar-sign-in', id: begun.id },
          before: null,
          after: { name: stated.name, provider: stated.provider },
        },
      };
    },
  }),
];
