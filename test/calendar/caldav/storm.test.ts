import { afterAll, describe } from 'vitest';
import { canServeDav, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { describeSmallStorm, STORM_CALLERS } from '../small-storm.ts';
import { connectTenant, tenantOptions } from './dav-ledger.ts';

describe.skipIf(!canServeDav('radicale'))('CalDAV', () => {
  let server: DavServer | undefined;
  afterAll(() => server?.close());

  describeSmallStorm('Radicale', {
    async setup(db) {
      server = await startDavServer('radicale');
      return connectTenant(db, server.url, { calls: STORM_CALLERS });
    },
    options: () => tenantOptions,
    isWrite: (_url, { method }) => method === 'PUT' || method === 'DELETE',
  });
});
