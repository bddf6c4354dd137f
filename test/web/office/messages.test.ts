import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { insertCall } from '../../../db/calls/calls.ts';
import { insertMessageTaken } from '../../../db/messages/messages-taken.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const office = useOfficePages(database);

describeOffice('the messages', () => {
  test('are a list of tasks, and blocked callers stand beside them', async () => {
    const { organizationId, agentId } = await insertTenant(database.db);
    const of = { organizationId, agentId };
    const callId = await insertCall(database.db, { ...of, roomName: 'test', line: 'web' });
    await insertMessageTaken(database.db, {
      ...of,
      callId,
      callerName: 'Ada Caller',
      callbackNumber: '+12025550123',
      email: null,
      text: 'Please call me back about my knee.',
      urgent: true,
    });
    const page = await office.openAs('/office/messages', { organizationId, width: 390 });
    const message = page.getByRole('article', { name: 'Message of Ada Caller' });
    await message.getByText('Urgent', { exact: true }).first().waitFor();
    const callBack = message.getByRole('link', { name: 'Call back Ada Caller' });
    expect(await callBack.getAttribute('href')).toBe('tel:+12025550123');
    await message.getByRole('button', { name: 'Add a note' }).click();
    await message.getByLabel('Note').fill('On Monday');
    await message.getByRole('button', { name: 'Save the note' }).click();
    await message.getByText('Note: On Monday').waitFor();
    expect(await axe(page)).toEqual([]);
    // What a colleague has noted meanwhile stays.
    await message.getByRole('button', { name: 'Change the note' }).click();
    await message.getByLabel('Note').fill('On Tuesday');
    await sql`update messages_taken set note = 'She has called again'`.execute(database.db);
    await message.getByRole('button', { name: 'Save the note' }).click();
    await message.getByText('It was changed since you read it').waitFor();
    await message.getByRole('button', { name: 'Leave it' }).click();
    await message.getByText('Note: She has called again').waitFor();
    await message.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Nothing is to be done').waitFor();
    await page.getByRole('tab', { name: 'Done' }).click();
    await message.getByText('Done by Mary Smith').waitFor();
    await page.getByRole('tab', { name: 'Blocked callers' }).click();
    await page.getByLabel('Number').fill('12');
    await page.getByRole('button', { name: 'Block the number' }).click();
    await page.getByText('must be a number with its country code').waitFor();
    await page.getByLabel('Number').fill('+1 202 555 0147');
    await page.getByRole('button', { name: 'Block the number' }).click();
    await page.getByText('+12025550147', { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('button', { name: 'Unblock +12025550147' }).click();
    await page.getByRole('button', { name: 'Unblock it' }).click();
    await page.getByText('No caller is blocked').waitFor();
  });
});
