import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slot } from '../../../calendar/calendar.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { canServeDav, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { attendee, DAY } from '../contract/contract-world.ts';
import { DavOwner, stamp } from './dav-user.ts';
import { connectDav, openDav } from './open-dav.ts';

for (const kind of ['radicale', 'xandikos'] as const) {
  describe.skipIf(!canServeDav(kind))(`a calendar on ${kind} that is listed again`, () => {
    let server: DavServer;
    let settings: Record<string, unknown>;
    beforeAll(async () => {
      server = await startDavServer(kind);
      settings = await connectDav({ server: server.url });
    });
    afterAll(() => server.close());

    /** A calendar, and how often its appointments were read. */
    function open() {
      const line = { reads: 0, beforeRead: () => Promise.resolve() };
      const fetch: typeof globalThis.fetch = async (input, init) => {
        if (init?.method === 'REPORT') {
          line.reads += 1;
          const work = line.beforeRead;
          line.beforeRead = () => Promise.resolve();
          await work();
        }
        return transport(input, init);
      };
      return { line, calendar: openDav({ server: server.url, settings, fetch }) };
    }

    it('is read again only where it says that something changed', async () => {
      const { calendar, line } = open();
      const { places } = settings as { places: { calendar: string } };
      const owner = new DavOwner(places.calendar);
      const from = new Date(Date.now() + DAY);
      const range = { from, to: new Date(from.getTime() + 5 * DAY) };
      const list = () => calendar.listSlots(range);
      const [one, two, three] = (await list()) as [Slot, Slot, Slot];
      await list();
      const { reads } = line;
      expect(await list()).toHaveLength((await list()).length);
      const within = { from: one.start, to: new Date(one.start.getTime() + DAY) };
      expect((await calendar.listSlots(within))[0]).toEqual(one);
      expect(line.reads).toBe(reads);
      // A day more than was read is not known.
      await calendar.listSlots({ from, to: new Date(range.to.getTime() + DAY) });
      expect(line.reads).toBe(reads + 1);

      await owner.add('first', stamp(one.start), stamp(one.end));
      expect((await list())[0]).toEqual(two);
      // What is written while it is read makes another tag than the one that was asked before.
      line.beforeRead = () => owner.add('second', stamp(two.start), stamp(two.end));
      await owner.remove('first');
      await list();
      expect((await list()).map(({ start }) => start)).not.toContainEqual(two.start);
      expect((await list())[0]).toEqual(one);

      // Whoever books reads the calendar itself.
      const before = line.reads;
      const wish = { attendee: attendee(), key: 'known', notes: null, answers: {} };
      await calendar.book({ ...wish, slot: three });
      expect(line.reads).toBeGreaterThan(before);
    });
  });
}
