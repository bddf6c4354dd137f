import { once } from 'node:events';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import {
  createRealtimeServer,
  type RealtimeServerOptions,
} from '../../../../rehearsal/simulators/openai-realtime/create-realtime-server.ts';
import { createTestMind } from './test-mind.ts';

export const API_KEY = 'test-key';

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any field of any event
export type AnyEvent = Record<string, any> & { type: string };

export interface RunningServer {
  baseUrl: string;
  close: () => Promise<void>;
}

export async function startServer(
  options: Partial<RealtimeServerOptions> = {},
): Promise<RunningServer> {
  const server = createRealtimeServer({
    mind: createTestMind(),
    apiKey: API_KEY,
    logger: pino({ level: 'silent' }),
    detectorLag: 0,
    speechPace: 1000,
    ...options,
  });
  const port = await server.listen({ host: '127.0.0.1', port: 0 });
  return { baseUrl: `http://127.0.0.1:${port}/v1`, close: async () => await server.close() };
}

/** A plain WebSocket client that remembers every event and waits for the ones to come. */
export class RealtimeClient {
  readonly events: AnyEvent[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  #read = 0;
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = once(socket, 'close').then(([code]) => code as number);
    socket.on('message', (data) => {
      this.events.push(JSON.parse((data as Buffer).toString('utf8')) as AnyEvent);
      this.#wake();
    });
  }

  static async connect(baseUrl: string, query = '?model=gpt-realtime'): Promise<RealtimeClient> {
    const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/realtime${query}`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    const client = new RealtimeClient(socket);
    await once(socket, 'open');
    return client;
  }

  send(event: object): void {
    this.#socket.send(JSON.stringify(event));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  sendAudio(...pieces: Int16Array[]): void {
    for (const samples of pieces) {
      for (let start = 0; start < samples.length; start += 2400) {
        const piece = samples.slice(start, start + 2400);
        const audio = Buffer.from(piece.buffer).toString('base64');
        this.send({ type: 'input_audio_buffer.append', audio });
      }
    }
  }

  /** The next unread event of a type; the events before it count as read. */
  async next(type: string): Promise<AnyEvent> {
    for (;;) {
      while (this.#read < this.events.length) {
        const event = this.events[this.#read];
        this.#read += 1;
        if (event?.type === type) return event;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Sends an event and answers the refusal. */
  async refused(event: object): Promise<AnyEvent> {
    this.send(event);
    return (await this.next('error'))['error'] as AnyEvent;
  }

  types(): string[] {
    return this.events.map(({ type }) => type);
  }

  close(): void {
    this.#socket.close();
  }
}

export function userMessage(text: string, fields: object = {}): object {
  return {
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }], ...fields },
  };
}
