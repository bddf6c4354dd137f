import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { findBookingEvent } from '../../../db/booking-events.ts';
import { connectCalendar } from '../../../manage/connect-calendar.ts';
import { addEvent } from '../../../manage/events.ts';
import { canServeDav, DAV_PASSWORD, DAV_USER, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { axe, useOfficePages } from '../../support/office-page.ts';
import { findChromium } from '../../support/requirements.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MASTER_KEY } from '../../token-server/office/start-office.ts';

const database = useTestDatabase();
const providers = readProviders({}, PROVIDERS);
const office = useOfficePages(database, { outside: () => ({ providers }) });

describe.skipIf(!findChromium() || !canServeDav('radicale'))(
  'an event in a calendar without hours',
  () => {
    let server: DavServer;
    beforeAll(async () => {
      server = await startDavServer('radicale');
    });
    afterAll(() => server?.close());

    test('gets hours of its own in the form, with what they would offer', async () => {
      const { db } = database;
      const { organizationId } = await insertTenant(db);
      const parts = { db, masterKey: MASTER_KEY, now: () => new Date(), providers };
      await connectCalendar(
        parts,
        organizationId,
        {
          provider: 'caldav',
          name: 'Practice',
          server: server.url,
          username: DAV_USER,
          timeZone: 'America/New_York',
        },
        () => Promise.resolve(DAV_PASSWORD),
      );
      const { event } = await addEvent(parts, organizationId, {
        agent: null,
        calendar: 'Practice',
        name: 'Visit',
        eventType: 'visit',
        durationMinutes: 60,
      });
      const stored = () => findBookingEvent(db, event);
      const path = `/office/events/${event.id}`;
      const page = await office.openAs(path, { organizationId, width: 390 });
      await page.getByText('Step 1 of 5').waitFor();
      for (let step = 0; step < 3; step += 1)
        await page.getByRole('button', { name: 'Next' }).click();
      const hours = page.getByRole('region', { name: 'Opening hours' });
      await hours.getByText('Monday to Friday from nine to five.').waitFor();
      await hours.getByRole('button', { name: 'Set its own hours' }).click();
      for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
        await hours.getByRole('button', { name: `Take away ${day}` }).click();
      }
      await page
        .getByText(/nothing (?:is )?free|no free time/i)
        .first()
        .waitFor();
      await hours.getByRole('button', { name: 'Add hours on Saturday' }).click();
      await hours.getByLabel('Saturday from').fill('20:00');
      await hours.getByLabel('Saturday to').fill('00:00');
      await hours.getByLabel('Minutes kept free after').fill('15');
      await hours.getByLabel('Hours’ notice').fill('2');
      await page
        .getByRole('listitem')
        .filter({ hasText: /Saturday.* at (8|9|10|11):\d\d PM/ })
        .first()
        .waitFor();
      expect(await axe(page)).toEqual([]);
      await hours.getByRole('button', { name: 'Add a day' }).click();
      await hours.getByLabel('Day with hours of its own').fill('2026-12-25');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('“Visit” is saved.').waitFor();
      expect((await stored())?.availability).toMatchObject({
        weekly: { '6': [[1_200, 1_440]] },
        overrides: { '2026-12-25': [] },
        bufferAfter: 15,
        minimumNotice: 120,
        daysAhead: 60,
      });

      await page.goto(office.url + path);
      await page.getByText('Step 1 of 5').waitFor();
      for (let step = 0; step < 3; step += 1)
        await page.getByRole('button', { name: 'Next' }).click();
      expect(await hours.getByLabel('Saturday to').inputValue()).toBe('00:00');
      await hours.getByLabel('Saturday to').fill('19:00');
      await page.getByRole('button', { name: 'Save' }).click();
      await hours.getByText('must begin before it ends').waitFor();
      await hours.getByRole('button', { name: 'Take the usual hours again' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('“Visit” is saved.').waitFor();
      expect((await stored())?.availability).toBeNull();
    });
  },
);
