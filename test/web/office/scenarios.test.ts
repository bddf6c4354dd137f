import { expect, test } from 'vitest';
import { findAgentBySlug } from '../../../db/agents.ts';
import { editDraft } from '../../../manage/agent-drafts.ts';
import { addAgent } from '../../../manage/agents.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { endNextRun, tellOfRehearser } from '../../support/rehearser.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertToldCall } from '../../support/told-call.ts';

const database = useTestDatabase();
const office = useOfficePages(database);

describeOffice('scenarios on the page of an agent', () => {
  test('are chosen, played with progress, and let a draft out once they pass', async () => {
    const { organizationId, slug } = await insertTenant(database.db);
    await database.db
      .transaction()
      .execute((transaction) =>
        editDraft(transaction, { organizationId, slug, by: 'Mary Smith' }, { greeting: 'Hello.' }),
      );
    await tellOfRehearser(database.db);
    const page = await office.openAs(`/office/agents/${slug}`, { organizationId });
    const panel = page.getByRole('region', { name: 'Scenarios' });
    const publishing = page.getByRole('region', { name: 'Publishing' });
    await panel.getByText('None must pass yet').waitFor();
    await panel.getByRole('button', { name: 'Choose scenarios' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('cancels one appointment').check();
    await dialog.getByLabel('moves an appointment').check();
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Let 2 have to pass' }).click();
    await publishing.getByText('must pass with this draft').waitFor();
    expect(await publishing.getByRole('button', { name: 'Publish', exact: true }).count()).toBe(0);

    await panel.getByRole('button', { name: 'Play them' }).click();
    await panel.getByText('0 of 2 played').waitFor();
    await endNextRun(database.db);
    await panel.getByText('1 of 2 played').waitFor();
    expect(await axe(page)).toEqual([]);
    await endNextRun(database.db, ['never heard: "sorry"']);
    await panel.getByText('never heard: "sorry"').waitFor();
    await panel.getByText('What was said').last().click();
    await panel.getByText('agent: Good morning.').last().waitFor();
    await publishing.getByText('1 of its 2 scenarios must still pass').waitFor();
    expect(await axe(page)).toEqual([]);

    // What was changed in the form is saved before it is played.
    await page.getByRole('textbox', { name: 'Greeting' }).fill('Good day.');
    await panel.getByRole('button', { name: 'Play them' }).click();
    await panel.getByText('0 of 2 played').waitFor();
    await endNextRun(database.db);
    await endNextRun(database.db);
    await publishing.getByRole('button', { name: 'Publish', exact: true }).click();
    await publishing.getByText('Callers meet version 2').waitFor();
    expect(await findAgentBySlug(database.db, slug)).toMatchObject({ greeting: 'Good day.' });
  }, 120_000);

  test('can be gone past by an owner with a reason, and by nobody else', async () => {
    const { organizationId } = await insertTenant(database.db);
    const slug = 'gone-past';
    await addAgent(database.db, organizationId, { slug, name: 'Desk', businessName: 'Harbor' });
    await database.db
      .transaction()
      .execute((transaction) =>
        editDraft(transaction, { organizationId, slug, by: 'Mary Smith' }, { greeting: 'Hello.' }),
      );
    await tellOfRehearser(database.db);
    const phone = await office.openAs(`/office/agents/${slug}`, { organizationId, width: 390 });
    const panel = phone.getByRole('region', { name: 'Scenarios' });
    await panel.getByRole('button', { name: 'Choose scenarios' }).click();
    const choice = phone.getByRole('dialog');
    await choice.getByLabel('cancels one appointment').check();
    await choice.getByRole('button', { name: 'Let 1 have to pass' }).click();
    await choice.waitFor({ state: 'detached' });

    const admin = await office.openAs(`/office/agents/${slug}`, { organizationId, role: 'admin' });
    const publishing = admin.getByRole('region', { name: 'Publishing' });
    await publishing.getByText('must pass with this draft').waitFor();
    expect(await publishing.getByRole('button', { name: /Publish/ }).count()).toBe(0);
    expect(await admin.getByRole('button', { name: 'Choose scenarios' }).count()).toBe(0);

    await phone.getByRole('button', { name: 'Publish anyway' }).click();
    const dialog = phone.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Publish anyway' }).click();
    await dialog.getByText('must say why').waitFor();
    await dialog.getByLabel('Why it cannot wait').fill('Callers hear a wrong number.');
    expect(await axe(phone)).toEqual([]);
    await dialog.getByRole('button', { name: 'Publish anyway' }).click();
    await phone.getByText('Callers meet version 2').waitFor();
    await phone.goto(`${office.url}/office/audit-log`);
    await phone.getByText('Callers hear a wrong number.').first().waitFor({ state: 'attached' });
  });

  test('say where nothing plays them, and are kept of calls', async () => {
    await database.db.deleteFrom('rehearsers').execute();
    const tenant = await insertTenant(database.db);
    const startedAt = new Date('2026-11-23T14:00:00Z');
    const { callId } = await insertToldCall(database.db, tenant, { startedAt, store: null });
    const { organizationId, slug } = tenant;
    const page = await office.openAs(`/office/calls/${callId}`, { organizationId });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Make a scenario of it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Keep it for your agents as').fill('Two days at once');
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await page.getByText('Kept: choose it').waitFor();
    await page.goto(`${office.url}/office/agents/${slug}`);
    const panel = page.getByRole('region', { name: 'Scenarios' });
    await panel.getByText('Nothing plays scenarios here now').waitFor();
    await panel.getByRole('button', { name: 'Choose scenarios' }).click();
    const choice = page.getByRole('dialog', { name: 'Which scenarios must pass' });
    await choice.getByLabel('Two days at once', { exact: true }).waitFor();
    await choice.getByRole('button', { name: 'Remove Two days at once' }).click();
    await page
      .getByRole('dialog', { name: /^Remove/ })
      .getByRole('button', { name: 'Remove' })
      .click();
    await choice.getByText('None yet').waitFor();
    expect(await axe(page)).toEqual([]);
  });
});
