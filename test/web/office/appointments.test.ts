import { expect, test } from 'vitest';
import { insertAppointment } from '../../token-server/office/seen-things.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase({ maxConnections: 20 });
const office = useOfficePages(database);

const DAY = 86_400_000;

describeOffice('the appointments', () => {
  test('are booked, moved and cancelled by hand, with their history', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/appointments', { organizationId, role: 'staff' });
    await page.getByText('Nothing is booked').waitFor();
    await page.getByRole('button', { name: 'Book by hand' }).first().click();
    const booking = page.getByRole('dialog', { name: 'Book by hand' });
    await booking.getByRole('radiogroup').locator('label').nth(2).click();
    await booking.getByLabel('Name').fill('Ada Caller');
    await booking.getByLabel('E-mail address').fill('ada@example.com');
    expect(await axe(page)).toEqual([]);
    await booking.getByRole('button', { name: 'Book it' }).click();
    const drawer = page.getByRole('dialog', { name: 'Appointment' });
    await drawer.getByText('Confirmed').waitFor();
    await drawer.getByText('Booking asked for').waitFor();
    expect(await axe(page)).toEqual([]);
    const when = await drawer.locator('dl time').first().getAttribute('datetime');
    await drawer.getByRole('button', { name: 'Move' }).click();
    const moving = page.getByRole('dialog', { name: 'Move the appointment' });
    await moving.getByRole('radiogroup').locator('label').nth(1).click();
    await moving.getByLabel('Reason').fill('The doctor is ill');
    await moving.getByRole('button', { name: 'Move it' }).click();
    await drawer.getByText('Move asked for').waitFor();
    expect(await drawer.locator('dl time').first().getAttribute('datetime')).not.toBe(when);
    await drawer.getByRole('button', { name: 'Cancel the appointment' }).click();
    const cancelling = page.getByRole('dialog', { name: 'Cancel the appointment' });
    await cancelling.getByLabel('Reason').fill('Still ill');
    await cancelling.getByRole('button', { name: 'Cancel it' }).click();
    await drawer.locator('[data-state=cancelled]').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Ada Caller.*Cancelled/ }).waitFor();
  });

  test('are shown by the week also where they end at midnight or behind it', async () => {
    const tenant = await insertTenant(database.db, { timeZone: 'UTC' });
    const { organizationId } = tenant;
    const at = (hour: number) => new Date(Math.floor(Date.now() / DAY) * DAY + hour * 3_600_000);
    await insertAppointment(database.db, tenant, { startAt: at(23.5), name: 'Late Caller' });
    const path = '/office/appointments?view=week';
    const week = await office.openAs(path, { organizationId, role: 'viewer' });
    await week.getByText('Late Caller').click();
    await week.getByRole('dialog', { name: 'Appointment' }).waitFor();
    expect(await axe(week)).toEqual([]);
  });

  test('are shown by the week in the zone of the organization, and on a phone', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId } = tenant;
    const soon = new Date(Math.floor(Date.now() / DAY) * DAY + 17 * 3_600_000);
    await insertAppointment(database.db, tenant, { startAt: soon, name: 'Ada Caller' });
    const path = '/office/appointments?view=week';
    const week = await office.openAs(path, { organizationId, role: 'viewer' });
    await week.getByText('Ada Caller').click();
    await week.getByRole('dialog', { name: 'Appointment' }).getByText('Confirmed').waitFor();
    expect(await week.getByRole('button', { name: 'Move' }).count()).toBe(0);
    await week.keyboard.press('Escape');
    expect(await axe(week)).toEqual([]);
    const phone = await office.openAs(path, { organizationId, width: 390 });
    await phone.getByRole('button', { name: 'The next days' }).click();
    await phone.getByRole('button', { name: 'Today' }).click();
    await phone.getByText('Ada Caller').waitFor();
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await axe(phone)).toEqual([]);
  });
});
