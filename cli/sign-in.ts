import { setTimeout as pause } from 'node:timers/promises';
import { findAuthorizationOutcome } from '../db/calendars/calendar-authorizations.ts';
import { hasConnectionTokens } from '../db/calendars/connection-tokens.ts';
import { signsIn } from '../calendar/oauth/oauth-client.ts';
import { describeCalendar, findConnection } from '../manage/calendars.ts';
import { readCalendarWish } from '../manage/calendar-wish.ts';
import type { CalendarInput } from '../manage/calendar-wish.ts';
import { ManageError } from '../manage/manage-error.ts';
import { beginSignIn } from '../manage/sign-in/begin-sign-in.ts';
import type { BegunSignIn } from '../manage/sign-in/begin-sign-in.ts';
import type { Answer } from './act.ts';
import type { Session } from './session.ts';

/** Milliseconds between two looks at whether somebody has agreed. */
const POLL = 500;

/** Who does what is done at the machine itself, as the audit log names them. */
const OPERATOR = { kind: 'operator', id: null, name: 'the command line' } as const;

/**
 * Whether somebody has to sign in before the calendar is connected: where its provider wants it and
 * nobody did yet, or where it is asked for.
 */
export async function needsSignIn(
  { db, parts, organizationId }: Session,
  input: CalendarInput,
  isAskedFor: boolean,
): Promise<boolean> {
  const { provider, known } = await readCalendarWish(parts(), await organizationId(), input);
  if (!signsIn(provider) || isAskedFor) return isAskedFor;
  if (provider.credential !== null) return false;
  return !known || !(await hasConnectionTokens(db, known));
}

/**
 * Prints the address at which somebody signs in, on any device, and waits until they have.
 * @param waits false: it is not waited for, they may come within the link's lifetime
 */
export async function signIn(
  session: Session,
  input: CalendarInput,
  { waits }: { waits: boolean },
): Promise<Answer> {
  const organizationId = await session.organizationId();
  const begun = await beginSignIn(session.parts(), organizationId, input, {
    actor: OPERATOR,
    sessionId: null,
    publicUrl: session.officeUrl(),
  });
  if (session.isJson || !waits) return toOpen(begun);
  session.progress(toOpen(begun).text);
  session.progress('Waiting until somebody has …');
  return outcomeOf(session, { organizationId, id: begun.id });
}

function toOpen({ url, adminConsentUrl, expiresAt }: BegunSignIn): Answer {
  const lines = [
    'Open this address, on any device, as the owner of the calendar, and agree:',
    `  ${url}`,
    ...(adminConsentUrl === null
      ? []
      : ['Where an administrator must agree first, they do so here:', `  ${adminConsentUrl}`]),
    `It is good until ${expiresAt.toISOString()}, once. The calendar is connected when the token server, which must run, sees them come back.`,
  ];
  return { json: { url, adminConsentUrl, expiresAt }, text: lines.join('\n') };
}

async function outcomeOf(
  { db, providers }: Session,
  key: { organizationId: string; id: string },
): Promise<Answer> {
  for (;;) {
    const outcome = await findAuthorizationOutcome(db, key);
    if (!outcome || outcome.hasExpired) {
      throw new ManageError('Nobody signed in within ten minutes: begin again.');
    }
    if (outcome.hasEnded) {
      const { calendarConnectionId: id, trouble } = outcome;
      if (id === null) throw new ManageError(trouble ?? 'The calendar was removed meanwhile.');
      const connection = await findConnection(db, key.organizationId, id);
      const { name, timeZone, account } = describeCalendar(connection, providers);
      return {
        json: { name, timeZone, id },
        text: `Connected "${name}" of the account "${account ?? 'its owner'}", in ${timeZone}.`,
      };
    }
    await pause(POLL);
  }
}
