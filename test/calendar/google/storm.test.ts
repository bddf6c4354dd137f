import { insertStormTenant } from '../../../bench/storm/storm-tenant.ts';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { replaceConnectionTokens } from '../../../db/calendars/connection-tokens.ts';
import { MASTER_KEY } from '../../token-server/office/start-office.ts';
import { describeSmallStorm, STORM_CALLERS } from '../small-storm.ts';
import { accessTo, connected, environmentOf, grantTokens, useGoogle } from './simulated.ts';

const google = useGoogle();

describeSmallStorm('the simulated Google', {
  async setup(db) {
    const { simulator } = google;
    const { tokens } = await grantTokens(simulator);
    const answer = () => Promise.resolve(tokens.accessToken);
    const access = accessTo(simulator, { accessToken: answer, renew: answer });
    const tenant = await insertStormTenant(db, {
      calls: STORM_CALLERS,
      provider: 'google',
      settings: await connected(access),
    });
    const { organizationId, event } = tenant;
    const key = { organizationId, id: event.calendarConnectionId };
    const plain = JSON.stringify(tokens);
    await replaceConnectionTokens(db, key, { plain, masterKey: MASTER_KEY });
    return tenant;
  },
  options: () => ({
    masterKey: MASTER_KEY,
    providers: readProviders(environmentOf(google.simulator), PROVIDERS),
  }),
  isWrite: ({ pathname }, { method = 'GET' }) =>
    method !== 'GET' && pathname.includes('/calendars/'),
});
