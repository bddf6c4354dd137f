import { fileURLToPath } from 'node:url';
import { dispose } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { USUAL_DEADLINES } from '../../../booking/ledger/ledger-context.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { findBookingEvent } from '../../../db/booking-events.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import type { Database } from '../../../db/database.ts';
import { findTestedContent } from '../../../db/calls/test-calls.ts';
import { startLiveKit } from '../../support/livekit-server.ts';
import { axe, useOfficePages } from '../../support/office-page.ts';
import { findChromium } from '../../support/requirements.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { testConfig } from '../../token-server/start-token-server.ts';
import { MASTER_KEY } from '../../token-server/office/start-office.ts';
import { exampleAppointment, exampleSlots, exampleView } from '../example-view.ts';
import { ScriptedAgent } from '../scripted-agent.ts';

const { apiKey, apiSecret } = testConfig.livekit;
const MICROPHONE = fileURLToPath(new URL('../../support/page-microphone.js', import.meta.url));

describe.skipIf(!findChromium() || !inject('livekitServer'))('a test call', () => {
  let livekit: Awaited<ReturnType<typeof startLiveKit>>;
  const database = useTestDatabase();
  beforeAll(async () => {
    livekit = await startLiveKit({ apiKey, apiSecret });
  });
  const office = useOfficePages(database, {
    config: {
      get livekit() {
        const url = livekit.webSocketUrl;
        return { url, publicUrl: url, apiKey, apiSecret };
      },
    },
  });
  afterAll(async () => {
    await livekit?.[Symbol.asyncDispose]();
    await dispose();
  });

  test('tries out what was just written, by typing and by voice, in the page of the agent', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId, agentId, slug } = tenant;
    const page = await office.openAs(`/office/agents/${slug}`, { organizationId, width: 390 });
    await page.addInitScript({ path: MICROPHONE });
    await page.reload();
    const call = page.getByRole('region', { name: 'Test call' });
    await page.getByRole('textbox', { name: 'Greeting' }).fill('A greeting to try.');

    const begin = async (button: string) => {
      const answered = page.waitForResponse((response) => response.url().endsWith('/test-calls'));
      await call.getByRole('button', { name: button }).click();
      const { roomName } = (await (await answered).json()) as { roomName: string };
      const agent = await ScriptedAgent.answer({ ...livekit, apiKey, apiSecret }, roomName);
      await agent.turn('listening');
      return { agent, roomName };
    };

    const { agent, roomName } = await begin('Type instead');
    const { id } = await database.db
      .selectFrom('testCalls')
      .select('id')
      .where('roomName', '=', roomName)
      .executeTakeFirstOrThrow();
    expect(await findTestedContent(database.db, { id, agentId, roomName })).toMatchObject({
      greeting: 'A greeting to try.',
    });
    await call.getByLabel('Say something in writing').waitFor();
    await agent.say(['A greeting ', 'to try.'], 'greeting');
    await call.getByTestId('test-line').getByText('A greeting to try.').waitFor();
    await call.getByLabel('Say something in writing').fill('Tuesday, please.');
    await call.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => agent.messages).toEqual(['Tuesday, please.']);
    await agent.show({ ...exampleView, offer: { message: null, slots: exampleSlots } });
    await call.getByRole('button', { name: 'Tuesday, November 24, 2:30 PM' }).click();
    await expect.poll(() => agent.actions).toEqual([{ do: 'choose', slotId: 'slot_2' }]);
    await agent.show({ ...exampleView, appointment: exampleAppointment });
    await call.getByTestId('test-appointment').getByText('Booked').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('tab', { name: 'Draft' }).click();
    const appointmentId = await bookInCall(database.db, tenant, roomName);
    await call.getByRole('button', { name: 'Hang up' }).click();
    await call.getByRole('button', { name: 'Talk with it' }).waitFor();
    await agent.closeRoom();
    await call.getByText('What you booked in the test call stands').waitFor();
    expect(await axe(page)).toEqual([]);
    await call.getByRole('button', { name: 'Cancel what I booked' }).click();
    await page.getByText('What you booked is cancelled.').waitFor();
    await call.getByText('What you booked in the test call').waitFor({ state: 'detached' });
    expect(
      await database.db
        .selectFrom('appointments')
        .select(['status', 'cancellationReason'])
        .where('id', '=', appointmentId)
        .execute(),
    ).toEqual([{ status: 'cancelled', cancellationReason: 'It was booked in a test call.' }]);

    const spoken = await begin('Talk with it');
    await call.getByRole('button', { name: 'Mute' }).waitFor();
    await expect.poll(() => spoken.agent.hears).toBe(true);
    await spoken.agent.speak();
    await spoken.agent.closeRoom();
    await call.getByRole('button', { name: 'Type instead' }).waitFor();
  });
});

const DAY = 86_400_000;

/** Books through the ledger as the worker of that room does; answers the appointment's id. */
async function bookInCall(db: Database, tenant: Tenant, roomName: string): Promise<string> {
  const { organizationId, agentId, calendarConnectionId, bookingEventId } = tenant;
  const callId = await insertCall(db, { organizationId, agentId, roomName, line: 'web' });
  const event = await findBookingEvent(db, { organizationId, id: bookingEventId });
  if (!event) throw new Error('The tenant has nothing to book.');
  const now = (): Date => new Date();
  const providers = readProviders({});
  const calendar = await openEventCalendar(db, event, { masterKey: MASTER_KEY, now, providers });
  const from = new Date(Date.now() + DAY);
  const [slot] = await calendar.listSlots({ from, to: new Date(from.getTime() + 14 * DAY) });
  if (!slot) throw new Error('The calendar has no free time.');
  const context = {
    db,
    calendar,
    organizationId,
    agentId,
    callId,
    calendarConnectionId,
    bookingEventId,
    organizerEmail: null,
    eventType: event.eventType,
    deadlines: USUAL_DEADLINES,
  };
  const email = 'mary.smith@example.com';
  const attendee = { name: 'Mary Smith', email, phone: null, timeZone: event.timeZone };
  const outcome = await bookThroughLedger(context, { slot, attendee, notes: null, answers: {} });
  if (outcome.state !== 'confirmed') throw new Error(`The booking is ${outcome.state}.`);
  return outcome.appointmentId;
}
