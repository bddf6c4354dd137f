import { afterAll, beforeAll } from 'vitest';
import { insertStormTenant } from '../../../bench/storm/storm-tenant.ts';
import { findPlaces } from '../../../calendar/microsoft/choose-calendars.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { replaceConnectionTokens } from '../../../db/calendars/connection-tokens.ts';
import { startMicrosoft, TOKEN } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import type { ValidatedMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import { MASTER_KEY } from '../../token-server/office/start-office.ts';
import { describeSmallStorm, STORM_CALLERS } from '../small-storm.ts';
import { clientOf } from './simulated.ts';

let simulator: ValidatedMicrosoft;
beforeAll(async () => {
  simulator = await startMicrosoft();
});
afterAll(() => simulator.close());

describeSmallStorm('the simulated Microsoft Graph', {
  async setup(db) {
    const tenant = await insertStormTenant(db, {
      calls: STORM_CALLERS,
      provider: 'microsoft',
      settings: { places: await findPlaces(clientOf(simulator), { teams: 'no' }) },
    });
    const { organizationId, event } = tenant;
    const key = { organizationId, id: event.calendarConnectionId };
    const plain = JSON.stringify({
      accessToken: TOKEN,
      refreshToken: null,
      expiresAt: null,
      scope: null,
    });
    await replaceConnectionTokens(db, key, { plain, masterKey: MASTER_KEY });
    return tenant;
  },
  options: () => ({
    masterKey: MASTER_KEY,
    providers: readProviders({
      MICROSOFT_GRAPH_URL: simulator.url,
      MICROSOFT_LOGIN_URL: simulator.url,
      MICROSOFT_CLIENT_ID: 'slotline',
      MICROSOFT_CLIENT_SECRET: 's3cret',
    }),
  }),
  isWrite: (_url, { method = 'GET' }) => method !== 'GET',
});
