import { afterAll, beforeAll, describe } from 'vitest';
import { canServeDav, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { describeCalendarContract } from '../calendar-contract.ts';
import { connectDav, openDav } from './open-dav.ts';
import { davWrite, UnreliableFetch } from '../unreliable-fetch.ts';

for (const kind of ['radicale', 'xandikos'] as const) {
  describe.skipIf(!canServeDav(kind))(`on ${kind}`, () => {
    let server: DavServer;
    beforeAll(async () => {
      server = await startDavServer(kind);
    });
    afterAll(() => server.close());

    describeCalendarContract(
      'CaldavCalendar',
      async () => {
        const connection = new UnreliableFetch(davWrite);
        const access = { server: server.url };
        const settings = await connectDav(access);
        const open = () => openDav({ ...access, settings, fetch: connection.fetch });
        return {
          calendar: open(),
          now: () => new Date(),
          reopen: open,
          phoneOnly: openDav({ ...access, settings: { ...settings, email: 'optional' } }),
          loseAnswer: (write) => connection.loseAnswer(write),
          fallSilent: () => connection.fallSilent(),
          wakeUp: () => connection.wakeUp(),
        };
      },
      { lacks: ['hold', 'pending', 'questions'] },
    );
  });
}
