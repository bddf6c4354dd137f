import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Transfer } from '../../../agent/line/transfer.ts';

describe('a transfer', () => {
  const asked: unknown[] = [];
  const log: string[] = [];
  let answer: { status: number; body: unknown };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push([request.url, await json(request)]);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  };
  const server = createServer((request, response) => void serve(request, response));

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked.length = 0;
    log.length = 0;
  });

  const transferTo = (target: string): Transfer =>
    new Transfer({
      config: {
        LIVEKIT_URL: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
        LIVEKIT_API_KEY: 'key',
        LIVEKIT_API_SECRET: 'secret-of-thirty-two-characters-x',
      },
      caller: {
        identity: 'sip_1',
        dialled: null,
        number: null,
        sipCallId: null,
        isForged: false,
      },
      roomName: 'phone-1',
      transferTo: target,
      logger: pino({ base: null }, { write: (line) => void log.push(line) }),
    });

  it.each([
    ['+12125550177', 'tel:+12125550177'],
    ['desk@pbx.example.com', 'sip:desk@pbx.example.com'],
    ['sips:desk@pbx.example.com', 'sips:desk@pbx.example.com'],
  ])('to %s asks the trunk to call %s, and is done', async (target, address) => {
    answer = { status: 200, body: {} };
    const transfer = transferTo(target);
    expect(await transfer.run()).toBe(true);
    expect(transfer.isDone).toBe(true);
    expect(asked).toMatchObject([
      [
        '/twirp/livekit.SIP/TransferSIPParticipant',
        {
          roomName: 'phone-1',
          participantIdentity: 'sip_1',
          transferTo: address,
          playDialtone: true,
        },
      ],
    ]);
    expect(log).toEqual([]);
  });

  it('that the trunk refuses is not done, and the log says why, without the number', async () => {
    answer = {
      status: 412,
      body: {
        code: 'failed_precondition',
        msg: 'call transfer to tel:+12125550177 failed',
        meta: { sip_status_code: '603', sip_status: 'Decline' },
      },
    };
    const transfer = transferTo('+12125550177');
    expect(await transfer.run()).toBe(false);
    expect(transfer.isDone).toBe(false);
    expect(JSON.parse(log.join(''))).toMatchObject({
      sipStatus: 603,
      msg: expect.stringContaining('allow REFER') as string,
    });
    expect(log.join('')).not.toContain('2125550177');
  });
});
