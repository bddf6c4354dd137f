import { expect, test } from 'vitest';
import { findAgentBySlug } from '../../../db/agents.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const office = useOfficePages(database);

describeOffice('the agents', () => {
  test('are made, drafted, published and restored', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/agents', { organizationId });
    await page.getByText('It knows nothing of your business').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'New agent' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Business').fill('Café Lumière');
    await dialog.getByRole('button', { name: 'Make the agent' }).click();
    await page.getByRole('heading', { level: 1, name: 'Front desk' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/office/agents/cafe-lumiere');
    expect(await findAgentBySlug(database.db, 'cafe-lumiere')).toMatchObject({ enabled: false });

    await page.getByRole('textbox', { name: 'Greeting' }).fill('Café Lumière, good morning.');
    await page.getByRole('button', { name: 'Opening hours' }).click();
    await page.getByRole('textbox', { name: 'Answer' }).fill('Daily from eight to six.');
    await page.getByLabel('Record calls').check();
    await page.getByRole('button', { name: 'Save the draft' }).click();
    const panel = page.getByRole('region', { name: 'Publishing' });
    await panel.getByText('Opening hours').waitFor();
    expect(await panel.getByRole('insertion').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('Daily from eight to six.')]),
    );
    expect(await axe(page)).toEqual([]);
    expect(await findAgentBySlug(database.db, 'cafe-lumiere')).toMatchObject({ greeting: null });
    await panel.getByRole('button', { name: 'Publish' }).click();
    await panel.getByText('Callers meet version 2').waitFor();
    expect(await findAgentBySlug(database.db, 'cafe-lumiere')).toMatchObject({
      greeting: 'Café Lumière, good morning.',
      recording: true,
    });

    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await panel.getByText('Not published yet').waitFor();
    expect(await page.getByLabel('Record calls').isChecked()).toBe(false);
    expect(await page.getByRole('textbox', { name: 'Greeting' }).inputValue()).toBe('');
  });

  test('name the sites they may stand on, with what goes into a page there', async () => {
    const { organizationId, slug } = await insertTenant(database.db);
    const page = await office.openAs(`/office/agents/${slug}`, { organizationId, width: 390 });
    await page.getByRole('tab', { name: 'Your site' }).click();
    await page.getByText('No site is named yet').waitFor();
    const origins = page.getByLabel('Allowed origins');
    await origins.fill('https://www.example.com\nhttps://example.com/shop');
    await page.getByRole('button', { name: 'Save the sites' }).click();
    await page.getByText('https://example.com/shop must be the origin of a site').waitFor();
    expect(await axe(page)).toEqual([]);
    await origins.fill('https://www.example.com/, http://localhost:8080');
    await page.getByRole('button', { name: 'Save the sites' }).click();
    await page.getByText('Its sites are saved').waitFor();
    expect(await origins.inputValue()).toBe('https://www.example.com\nhttp://localhost:8080');
    expect(await page.getByLabel('The button').inputValue()).toBe(
      `<script src="${office.url}/embed.js" data-agent="${slug}" async></script>`,
    );
    const policy = await page.getByLabel('Content-Security-Policy').inputValue();
    expect(policy).toBe(`script-src ${office.url}; frame-src ${office.url};`);
    expect(await findAgentBySlug(database.db, slug)).toMatchObject({
      allowedOrigins: ['https://www.example.com', 'http://localhost:8080'],
    });
  });

  test('say beside the field what is wrong, and lose nothing when two edit at once', async () => {
    const { organizationId, slug } = await insertTenant(database.db);
    const address = `/office/agents/${slug}`;
    const mine = await office.openAs(address, { organizationId, width: 390 });
    const theirs = await office.openAs(address, { organizationId });
    await mine.getByLabel('Hand over to').fill('the boss');
    await mine.getByRole('button', { name: 'Save the draft' }).click();
    await mine.getByText('must be a number such as +12025550123').waitFor();
    await theirs.getByRole('textbox', { name: 'Greeting' }).fill('From them.');
    await theirs.getByRole('button', { name: 'Save the draft' }).click();
    await theirs.getByText('The draft is saved.').waitFor();
    await mine.getByLabel('Hand over to').fill('+1 202 555 0123');
    await mine.getByRole('button', { name: 'Save the draft' }).click();
    await mine.getByRole('button', { name: 'Take in their changes' }).click();
    await mine.getByRole('button', { name: 'Save the draft' }).click();
    await mine.getByText('The draft is saved.').waitFor();
    expect(await mine.getByRole('textbox', { name: 'Greeting' }).inputValue()).toBe('From them.');
    expect(await mine.getByLabel('Hand over to').inputValue()).toBe('+12025550123');
    expect(await axe(mine)).toEqual([]);
    const reader = await office.openAs(address, { organizationId, role: 'viewer' });
    await reader.getByRole('heading', { level: 1, name: 'Front desk' }).waitFor();
    expect(await reader.getByRole('textbox', { name: 'Greeting' }).isDisabled()).toBe(true);
    expect(await reader.getByRole('button', { name: /Publish|Save|Delete|Talk/ }).count()).toBe(0);
  });
});
