import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { rollUp } from '../../../jobs/tasks/roll-up.ts';
import { EMPTY_STORY } from '../../support/figure-story.ts';
import type { Happening } from '../../support/figure-story.ts';
import { happen } from '../../support/happen.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const office = useOfficePages(database);

/** Forty calls of the last days, of which thirty booked. */
async function fill(tenant: Tenant): Promise<void> {
  const { db } = database;
  const { rows } = await sql<{ now: Date }>`select slotline_now() as now`.execute(db);
  const now = rows[0]?.now ?? new Date(0);
  const story = EMPTY_STORY();
  const parts = { db, tenant, agents: [tenant.agentId, tenant.agentId] as const };
  for (let number = 0; number < 40; number += 1) {
    const of = number;
    const at = new Date(now.getTime() - number * 7 * 3_600_000);
    const isBooked = number % 4 !== 0;
    const happenings: Happening[] = [
      { do: 'call', at, isSecondAgent: false, line: number % 3 === 0 ? 'web' : 'phone' },
      { do: 'tool', of, name: 'list_available_slots', hasSlots: true, isChosen: false, ms: 90 },
      {
        do: 'wish',
        of,
        weekday: number % 8,
        part: number % 2 === 0 ? 'morning' : 'afternoon',
        isFree: number % 3 !== 0,
      },
      { do: 'charge', of, audioInput: 2_000, seconds: 30, cost: 0.05 },
      {
        do: 'end',
        of,
        length: 90_000,
        outcome: isBooked ? 'booked' : 'no_booking',
        latencies: [700, 800 + number * 20],
      },
      ...(isBooked ? [{ do: 'intent', of, state: 'confirmed' } as const] : []),
    ];
    for (const it of happenings) await happen(parts, story, it);
  }
  await rollUp({ db, logger: pino({ level: 'silent' }) })({}, undefined as never);
}

describeOffice('the figures', () => {
  test.each([1280, 390])('are drawn, and stand in tables, at %i pixels', async (width) => {
    const tenant = await insertTenant(database.db);
    await fill(tenant);
    const { organizationId } = tenant;
    const page = await office.openAs('/office/analytics', { organizationId, width });
    await page.getByText('of 40 who asked for a time').waitFor();
    await page
      .getByRole('paragraph')
      .filter({ hasText: /^75 %$/ })
      .waitFor();
    expect(await page.locator('.recharts-surface').count()).toBeGreaterThan(1);
    // The table behind the drawing.
    const calls = page.getByRole('table', { name: 'Calls by day' });
    expect(await calls.getByRole('row').count()).toBeGreaterThan(10);
    await page.getByRole('button', { name: 'Show the table' }).first().click();
    expect(await calls.isVisible()).toBe(true);
    await page.getByLabel('Days').selectOption('1');
    await page.waitForURL(/days=1/);
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test('are watched: an alert is made, and a limit is set', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/alerts', { organizationId });
    await page.getByText('Nothing is watched yet').waitFor();
    await page.getByRole('button', { name: 'New alert' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('must not be empty').waitFor();
    await dialog.getByLabel('Name').fill('Callers wait too long');
    await dialog.getByLabel('What is watched').selectOption('answer-p95');
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('article', { name: 'Callers wait too long' }).waitFor();
    await page.getByText('Wait for an answer (95 in 100) above 2.5 s over the last day').waitFor();
    await page.getByLabel('Tell owners and admins at').fill('40');
    await page.getByRole('button', { name: 'Set the limit' }).click();
    await page.getByText('of $40.00').waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test('are for a viewer to read, who changes nothing', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/alerts', { organizationId, role: 'viewer' });
    await page.getByText('Nothing is watched yet').waitFor();
    expect(await page.getByRole('button', { name: 'New alert' }).count()).toBe(0);
    expect(await page.getByText('Spending in this month').count()).toBe(0);
  });
});
