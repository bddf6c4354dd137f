import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { insertCallMark } from '../../../db/calls/call-log.ts';
import { finishCall, insertCall } from '../../../db/calls/calls.ts';
import { insertMessageTaken } from '../../../db/messages/messages-taken.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { CALLER, insertToldCall } from '../../support/told-call.ts';

// A Monday, 9:00 in New York.
const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const office = useOfficePages(database);
const DAY = 86_400_000;

describeOffice('today', () => {
  test('says of an organization to which nothing happened that nothing waits', async () => {
    const tenant = await insertTenant(database.db);
    const page = await office.openAs('/office', { ...tenant, width: 390 });
    await page.getByText('Nobody is calling.').waitFor();
    await page.getByText('Nothing waits').waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test('shows a call while it goes on, what is to come, what waits and how the week was', async () => {
    const { db } = database;
    const tenant = await insertTenant(db);
    const { organizationId, agentId } = tenant;
    const told = await insertToldCall(db, tenant, { startedAt: CLOCK.ago(DAY) });
    await insertMessageTaken(db, {
      organizationId,
      agentId,
      callId: told.callId,
      callerName: CALLER.name,
      callbackNumber: CALLER.phone,
      email: null,
      text: 'It hurts.',
      urgent: true,
    });
    const page = await office.openAs('/office', tenant);
    await page.getByText(`${CALLER.name}, ${CALLER.phone}: It hurts.`).waitFor();
    await page.getByRole('link', { name: 'booked in a call' }).waitFor();
    await page.getByText('0 the week before').first().waitFor();
    const callId = await insertCall(db, {
      organizationId,
      agentId,
      roomName: randomUUID(),
      line: 'phone',
      callerNumber: '+12025550199',
    });
    const key = { organizationId, callId };
    await insertCallMark(db, key, {
      kind: 'agent',
      details: { state: 'speaking' },
      words: null,
      markedAt: CLOCK.now(),
    });
    await page.getByRole('link', { name: '+12025550199' }).waitFor();
    await page.getByText('Speaking', { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    await finishCall(db, key, { outcome: 'no_booking', reason: 'over', by: 'caller' });
    await page.getByText('Nobody is calling.').waitFor();
  });
});
