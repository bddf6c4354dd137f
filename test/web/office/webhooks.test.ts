import { expect, test } from 'vitest';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const office = useOfficePages(database);

describeOffice('the webhooks', () => {
  test('are added, tested, rotated and switched off, and their deliveries sent again', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/webhooks', { organizationId });
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await page.getByText('Nothing is told to anybody yet').waitFor();
    expect(await axe(page)).toEqual([]);

    await button('Add an endpoint').click();
    await page.getByLabel('Address').fill('https://127.0.0.1/hook');
    await button('Add').click();
    // The server knows why, and the field says so.
    await page.getByText('must be an address of the internet').waitFor();
    await page.getByLabel('Address').fill('https://example.com/hooks/slotline');
    await page.getByLabel('Description').fill('The practice’s system');
    await page.getByRole('checkbox', { name: /A call was answered/ }).check();
    expect(await axe(page)).toEqual([]);
    await button('Add').click();
    const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    await button('I have kept it').click();

    await page.getByRole('heading', { level: 1, name: 'The practice’s system' }).waitFor();
    await page.getByText('appointment.booked').waitFor();
    await button('Send a test').click();
    await page.getByRole('link', { name: 'webhook.test' }).waitFor();
    await button('Rotate the secret').click();
    await button('Rotate').click();
    expect(await page.getByRole('textbox', { name: 'Secret' }).inputValue()).not.toBe(secret);
    await button('I have kept it').click();
    await page.getByText(/secret before the last rotation signs too/).waitFor();
    await button('Switch off').click();
    await button('Switch on').waitFor();
    expect(await axe(page)).toEqual([]);

    await failDeliveries(organizationId);
    await page.getByRole('link', { name: 'webhook.test' }).click();
    await page.getByText('It answered 500 instead of 200 to 299.').waitFor();
    await page.getByText('"type": "webhook.test"').waitFor();
    expect(await axe(page)).toEqual([]);
    await button('Send again').click();
    await page.getByText('It is sent once more.').waitFor();
  });

  test('fit a phone, and are for nobody who only looks', async () => {
    const { organizationId } = await insertTenant(database.db);
    const viewer = await office.openAs('/office', { organizationId, role: 'viewer', width: 390 });
    await viewer.getByRole('button', { name: 'Open the navigation' }).click();
    expect(await viewer.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
    const page = await office.openAs('/office/webhooks', { organizationId, width: 390 });
    await page.getByRole('button', { name: 'Add an endpoint' }).click();
    await page.getByLabel('Address').fill(`https://example.com/${'a-long-path/'.repeat(8)}`);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('heading', { level: 1, name: 'example.com' }).waitFor();
    const overflow = 'document.documentElement.scrollWidth - innerWidth';
    expect(await page.evaluate<number>(overflow)).toBeLessThanOrEqual(0);
    expect(await axe(page)).toEqual([]);
  });
});

/** What the jobs would note of a receiver that answers 500. */
async function failDeliveries(organizationId: string): Promise<void> {
  const deliveries = await database.db
    .updateTable('endpointDeliveries')
    .set({ state: 'failed', attempts: 1, endedAt: new Date() })
    .where('organizationId', '=', organizationId)
    .returning('id')
    .execute();
  for (const { id: deliveryId } of deliveries) {
    await database.db
      .insertInto('deliveryAttempts')
      .values({
        organizationId,
        deliveryId,
        at: new Date(),
        milliseconds: 12,
        status: 500,
        error: 'It answered 500 instead of 200 to 299.',
        answer: 'Internal error',
      })
      .execute();
  }
}
