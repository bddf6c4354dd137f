import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any field of any event
export type LineEvent = Record<string, any> & { type: string };

/** One connection of an agent with its model, as the line between them sees it. */
export interface LineConnection {
  /** From 1. */
  number: number;
  /** Breaks it as a network does, without a word. */
  cut: () => void;
  /** Swallows everything from now on, without a word. */
  freeze: () => void;
  /** Pings of the agent so far. */
  readonly pings: number;
  /** Closes it as a server does. */
  close: (code: number, reason: string) => void;
  /** As if the model had sent it. */
  toAgent: (event: object | string) => void;
  /** As if the agent had sent it. */
  toModel: (event: object) => void;
}

export interface ModelLineOptions {
  /** The model's server, such as http://127.0.0.1:8790/v1. */
  target: string;
  /** The status that a handshake is refused with, 'hang' for none at all; null lets it through. */
  handshake?: (number: number) => number | 'hang' | null;
  /** Sees what the agent sends; false: it does not arrive. */
  fromAgent?: (event: LineEvent, connection: LineConnection) => boolean | void;
  /** Sees what the model sends; false: it does not arrive. */
  fromModel?: (event: LineEvent, connection: LineConnection) => boolean | void;
}

export interface ModelLine {
  baseUrl: string;
  /** Handshakes so far, those that were refused too. */
  readonly handshakes: number;
  /** Connections that are open. */
  readonly open: number;
  /** The connection that was opened last. */
  readonly connection: LineConnection | undefined;
  /** Everything that the agent sent and that arrived, with the number of its connection. */
  readonly sent: (LineEvent & { connection: number })[];
  close: () => Promise<void>;
}

/** A line to a model's server that passes every event on, and can fail at any of them. */
export async function openModelLine(options: ModelLineOptions): Promise<ModelLine> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((_, response) => response.writeHead(404).end());
  const sent: ModelLine['sent'] = [];
  const open = new Set<WebSocket>();
  const raw = new Set<Duplex>();
  let handshakes = 0;
  let connection: LineConnection | undefined;

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    raw.add(socket);
    socket.on('close', () => raw.delete(socket));
    handshakes += 1;
    const refusal = options.handshake?.(handshakes) ?? null;
    if (refusal === 'hang') return;
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const number = handshakes;
    const query = new URL(request.url ?? '/', 'http://localhost').search;
    const model = new WebSocket(`${options.target.replace('http', 'ws')}/realtime${query}`, {
      headers: { authorization: request.headers.authorization ?? '' },
    });
    open.add(model);
    model.on('error', () => socket.destroy());
    sockets.handleUpgrade(request, socket, head, (agent) => {
      const waiting: string[] = [];
      let pings = 0;
      agent.on('ping', () => {
        pings += 1;
      });
      const send = (text: string): void => {
        if (model.readyState === WebSocket.CONNECTING) waiting.push(text);
        else model.send(text);
      };
      model.on('open', () => {
        for (const text of waiting) model.send(text);
      });
      const own: LineConnection = {
        number,
        cut: () => socket.destroy(),
        freeze: () => socket.pause(),
        get pings() {
          return pings;
        },
        close: (code, reason) => agent.close(code, reason),
        toAgent: (event) => agent.send(typeof event === 'string' ? event : JSON.stringify(event)),
        toModel: (event) => send(JSON.stringify(event)),
      };
      connection = own;
      agent.on('error', () => {});
      agent.on('close', () => model.terminate());
      model.on('close', (code, reason) => {
        open.delete(model);
        agent.close(code > 1000 && code < 5000 && code !== 1006 ? code : 1000, reason);
      });
      agent.on('message', (data) => {
        const text = (data as Buffer).toString('utf8');
        const event = JSON.parse(text) as LineEvent;
        if (options.fromAgent?.(event, own) === false) return;
        sent.push({ ...event, connection: number });
        send(text);
      });
      model.on('message', (data) => {
        const text = (data as Buffer).toString('utf8');
        if (options.fromModel?.(JSON.parse(text) as LineEvent, own) === false) return;
        agent.send(text);
      });
    });
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get open() {
      return open.size;
    },
    get handshakes() {
      return handshakes;
    },
    get connection() {
      return connection;
    },
    sent,
    close: async () => {
      for (const model of open) model.terminate();
      for (const socket of raw) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
