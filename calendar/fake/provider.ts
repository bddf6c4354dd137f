import type { CalendarProvider } from '../provider.ts';
import { readSettings } from '../read-settings.ts';
import { listBusyTimes } from './busy-times.ts';
import { FakeCalendar, FakeCalendarSettingsSchema } from './fake-calendar.ts';

/** Needs no account, for development and tests. */
export const fake: CalendarProvider = {
  id: 'fake',
  name: 'fake',
  settings: FakeCalendarSettingsSchema,
  credential: null,
  examples: ['calendars connect Practice --provider fake --time-zone America/New_York'],
  writesToAttendees: false,
  asScenario(settings) {
    const { seed, busy } = readSettings(FakeCalendarSettingsSchema, settings);
    return { seed, busy };
  },
  open({ settings }, { timeZone, durationMinutes }, { bookings, now }) {
    return new FakeCalendar({
      timeZone,
      durationMinutes,
      settings: readSettings(FakeCalendarSettingsSchema, settings),
      store: bookings,
      now,
    });
  },
  openBusy({ settings }, { timeZone }, { bookings }) {
    const { busy } = readSettings(FakeCalendarSettingsSchema, settings);
    return { listBusy: (range) => listBusyTimes({ busy, timeZone, bookings }, range) };
  },
};
