import { DateTime } from 'luxon';
import { listLiveCalls } from '../db/calls/live-calls.ts';
import type { LiveCall } from '../db/calls/live-calls.ts';
import { readClock } from '../db/clock.ts';
import type { Database } from '../db/database.ts';
import { listDayAppointments } from '../db/day-appointments.ts';
import type { DayAppointment } from '../db/day-appointments.ts';
import {
  listFailedNews,
  listFailingEndpoints,
  listOpenIntents,
  listOpenMessages,
  listTroubledCalendars,
} from '../db/open-tasks.ts';
import type {
  FailedNews,
  FailingEndpoint,
  Few,
  OpenIntent,
  OpenMessage,
  TroubledCalendar,
} from '../db/open-tasks.ts';
import { findTimeZone } from '../db/organizations.ts';
import { readWeekFigures } from '../db/week-figures.ts';
import type { WeekFigures } from '../db/week-figures.ts';

const WEEK = 7 * 86_400_000;

/** What somebody who looks after the calls sees first. */
export interface Today {
  /** IANA: the organization's. */
  timeZone: string;
  /** Where its day begins and ends. */
  from: Date;
  to: Date;
  calls: LiveCall[];
  appointments: DayAppointment[];
  unconfirmed: Few<OpenIntent>;
  messages: Few<OpenMessage>;
  failedNews: Few<FailedNews>;
  endpoints: Few<FailingEndpoint>;
  calendars: Few<TroubledCalendar>;
  /** Of the last seven days, and of the seven before. */
  week: WeekFigures;
  weekBefore: WeekFigures;
}

/** What goes on, what is to come today, what waits for a person, and how the week was. */
export async function readToday(db: Database, organizationId: string): Promise<Today> {
  const [now, timeZone] = await Promise.all([readClock(db), findTimeZone(db, organizationId)]);
  const day = DateTime.fromJSDate(now, { zone: timeZone });
  const local = day.isValid ? day : day.setZone('UTC');
  const [from, to] = [local.startOf('day').toJSDate(), local.endOf('day').toJSDate()];
  const ago = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
  const [calls, appointments, unconfirmed, messages, failedNews, endpoints, calendars] =
    await Promise.all([
      listLiveCalls(db, organizationId),
      listDayAppointments(db, organizationId, { from, to }),
      listOpenIntents(db, organizationId),
      listOpenMessages(db, organizationId),
      listFailedNews(db, organizationId),
      listFailingEndpoints(db, organizationId),
      listTroubledCalendars(db, organizationId),
    ]);
  const [week, weekBefore] = await Promise.all([
    readWeekFigures(db, organizationId, { from: ago(WEEK), to: now }),
    readWeekFigures(db, organizationId, { from: ago(2 * WEEK), to: ago(WEEK) }),
  ]);
  const tasks = { unconfirmed, messages, failedNews, endpoints, calendars };
  return { timeZone, from, to, calls, appointments, ...tasks, week, weekBefore };
}
