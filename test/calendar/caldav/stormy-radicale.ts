import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../../bench/storm/random.ts';
import type { StormyProvider } from '../../../bench/storm/stormy-provider.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { DAV_PASSWORD, DAV_USER, startDavServer } from '../../support/dav-server.ts';
import { makeDavCalendar } from './dav-user.ts';
import { openDav } from './open-dav.ts';

const DAY = 86_400_000;

/** A real Radicale behind a gate on which requests and answers are lost, late, or errors. */
export async function stormyRadicale(seed: number): Promise<StormyProvider> {
  const server = await startDavServer('radicale');
  const random = seededRandom(seed);
  let isFailing = false;
  let isDown = false;
  const gate = createServer((request, response) => {
    const chance = isFailing ? random() : 1;
    const isWrite = request.method === 'PUT' || request.method === 'DELETE';
    // Before anything was done, and after it; a read is lost seldom.
    const isLostBefore = isDown || chance < (isWrite ? 0.05 : 0.01);
    if (isLostBefore) {
      request.socket.destroy();
      return;
    }
    const work = answer(server.url, request, response, {
      isLate: isWrite && chance >= 0.05 && chance < 0.1,
      isLost: isWrite && chance >= 0.1 && chance < 0.17,
      isError: isWrite && chance >= 0.17 && chance < 0.23,
    });
    void work.catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  const gateUrl = `http://127.0.0.1:${(gate.address() as AddressInfo).port}`;
  const settingsOf = (url: string, name: string) => {
    const calendar = `${url}/${DAV_USER}/${name}/`;
    const places = { calendar, name, blocking: [calendar], addresses: [] };
    return { server: url, username: DAV_USER, places };
  };
  return {
    title: 'Radicale',
    slowness: 3,
    async makeCalendar(name) {
      await makeDavCalendar(server.url, name);
      const settings = settingsOf(gateUrl, name);
      return { provider: 'caldav', settings, credential: DAV_PASSWORD };
    },
    async fail(isOver) {
      isFailing = true;
      for (let ends = performance.now() + 5_000; !isOver(); await pause(50)) {
        if (performance.now() < ends) continue;
        isDown = !isDown;
        ends = performance.now() + (isDown ? 1_000 : 8_000) * (0.5 + random());
      }
    },
    recover() {
      isFailing = false;
      isDown = false;
    },
    async listBookings(name) {
      const calendar = openDav({ server: server.url, settings: settingsOf(server.url, name) });
      const range = { from: new Date(), to: new Date(Date.now() + 30 * DAY) };
      return ((await calendar.listBookings?.(range)) ?? []).map((news) => ({
        reference: news.reference,
        start: news.start ?? new Date(0),
        end: news.end ?? new Date(0),
        isLive: news.status === 'confirmed',
        email: news.attendees?.[0]?.email ?? '',
      }));
    },
    async close() {
      gate.closeAllConnections();
      await new Promise((resolve) => gate.close(resolve));
      await server.close();
    },
  };
}

async function answer(
  server: string,
  request: IncomingMessage,
  response: ServerResponse,
  fate: { isLate: boolean; isLost: boolean; isError: boolean },
): Promise<void> {
  const body: Buffer[] = [];
  for await (const chunk of request) body.push(chunk as Buffer);
  // Long enough that a write of a killed process is made when its absence was seen already.
  if (fate.isLate) await pause(2_000);
  const {
    host: _host,
    connection: _connection,
    'content-length': _length,
    ...headers
  } = request.headers;
  const answered = await transport(new URL(request.url ?? '/', server), {
    method: request.method ?? 'GET',
    headers: headers as Record<string, string>,
    redirect: 'manual',
    ...(body.length === 0 ? {} : { body: Buffer.concat(body) }),
  });
  const bytes = Buffer.from(await answered.arrayBuffer());
  if (fate.isLost) {
    request.socket.destroy();
    return;
  }
  const kept = [...answered.headers].filter(
    ([name]) => !/^(content-(length|encoding)|transfer-encoding|connection)$/.test(name),
  );
  response.writeHead(fate.isError ? 503 : answered.status, Object.fromEntries(kept));
  response.end(fate.isError ? '' : bytes);
}
