import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { insertSipTrunk } from '../../../db/phone/sip-trunks.ts';
import { addNumber } from '../../../manage/numbers.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { freshNumber } from '../../token-server/office/make-bookables.ts';

const database = useTestDatabase();
const office = useOfficePages(database);

describeOffice('the numbers', () => {
  test('are added with their trunk, and say what is missing, on a phone', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/numbers', { organizationId, width: 390 });
    await page.getByText('There is none: no call can come by phone').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add a trunk' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What you call it').fill('Carrier');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByText(/signalling addresses/).waitFor();
    await dialog.getByLabel('Addresses that calls come from').fill('203.0.113.0/30');
    await dialog.getByLabel('Addresses that calls come from').press('Enter');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Calls from 203.0.113.0/30').waitFor();
    await page.getByRole('button', { name: 'Add a number' }).click();
    const number = freshNumber();
    await dialog.getByRole('textbox', { name: 'Number', exact: true }).fill('12345');
    await dialog.getByRole('combobox', { name: 'Who answers' }).click();
    await page.getByRole('option', { name: /Front desk/ }).click();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog
      .getByText(/country code/)
      .last()
      .waitFor();
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Number', exact: true }).fill(number);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText(number, { exact: true }).waitFor();
    // Nothing of LiveKit runs here.
    await page
      .getByText(/LiveKit cannot be reached/)
      .first()
      .waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: `Remove ${number}` }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No number yet').waitFor();
  });

  test('are not overwritten by who opened them before somebody else changed them', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId } = tenant;
    await insertSipTrunk(database.db, {
      organizationId,
      name: 'Carrier',
      allowedAddresses: ['203.0.113.0/30'],
      digest: null,
    });
    const number = freshNumber();
    await addNumber(database.db, organizationId, { number, agent: tenant.slug, trunk: 'Carrier' });
    const page = await office.openAs('/office/numbers', { organizationId });
    for (const [name, field] of [
      [`Change ${number}`, 'label'],
      ['Change Carrier', 'name'],
    ] as const) {
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name }).click();
      await dialog.getByLabel('What you call it').fill('Mine');
      await sql`update ${sql.table(field === 'label' ? 'phone_numbers' : 'sip_trunks')}
        set ${sql.ref(field)} = 'Of another' where organization_id = ${organizationId}`.execute(
        database.db,
      );
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('It was changed since you read it').waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
    }
    const kept = await database.db.selectFrom('phoneNumbers').select('label').execute();
    expect(kept).toContainEqual({ label: 'Of another' });
  });
});
