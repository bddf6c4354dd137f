import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { within } from '../../runtime/within.ts';
import { KEYS, RtpPhone } from './rtp-phone.ts';

export interface PhoneFigures {
  /** From INVITE to its 200, milliseconds. */
  answered: number;
  /** From INVITE to the agent's first audible sample, milliseconds. */
  heard: number;
}

const PATIENCE = 60_000;

/** A call that rang, and nobody answered. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
}

/**
 * Calls a number as a trunk does (RFC 3261 over UDP, PCMU), hears the agent's first sample and hangs up.
 * @param from of the caller, E.164
 * @throws {UnansweredError} not answered and heard within a minute
 * @throws when the call is refused
 */
export async function measurePhoneCall(options: {
  sipPort: number;
  number: string;
  from: string;
}): Promise<PhoneFigures> {
  await using phone = await RtpPhone.open();
  const line = await SipLine.open(options.sipPort);
  try {
    const heard = phone.audible();
    const began = performance.now();
    const answer = await line.invite(options, phone.port);
    const answered = performance.now() - began;
    phone.dial({ address: '127.0.0.1', port: Number(/^m=audio (\d+)/m.exec(answer)?.[1]) });
    await within(PATIENCE, heard, () => new UnansweredError('The agent was not heard.'));
    const figures = { answered, heard: performance.now() - began };
    await line.bye(answer);
    return figures;
  } finally {
    line.close();
  }
}

/** One SIP dialogue. */
class SipLine {
  readonly #socket: Socket;
  readonly #server: number;
  readonly #callId = randomUUID();
  readonly #tag = randomUUID();
  #head: string[] = [];

  private constructor(socket: Socket, server: number) {
    this.#socket = socket;
    this.#server = server;
  }

  static async open(server: number): Promise<SipLine> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new SipLine(socket, server);
  }

  /** @returns the 200, acknowledged */
  async invite(to: { number: string; from: string }, rtpPort: number): Promise<string> {
    const { port } = this.#socket.address();
    const target = `sip:${to.number}@127.0.0.1:${this.#server}`;
    this.#head = [
      `From: <sip:${to.from}@127.0.0.1>;tag=${this.#tag}`,
      `Call-ID: ${this.#callId}`,
      `Contact: <sip:bench@127.0.0.1:${port}>`,
      'Max-Forwards: 70',
    ];
    const body = [
      'v=0',
      'o=bench 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${rtpPort} RTP/AVP 0 ${KEYS}`,
      'a=rtpmap:0 PCMU/8000',
      `a=rtpmap:${KEYS} telephone-event/8000`,
      '',
    ].join('\r\n');
    const answer = this.#final('INVITE');
    this.#send(`INVITE ${target}`, ['CSeq: 1 INVITE', `To: <${target}>`], body);
    const text = await within(
      PATIENCE,
      answer,
      () => new UnansweredError(`The call to ${to.number} was not answered.`),
    );
    this.#send(`ACK ${target}`, ['CSeq: 1 ACK', headerOf(text, 'To')]);
    if (!text.startsWith('SIP/2.0 200'))
      throw new Error(`The call was refused: ${text.slice(0, 40)}`);
    return text;
  }

  async bye(answer: string): Promise<void> {
    const done = this.#final('BYE');
    this.#send(`BYE sip:127.0.0.1:${this.#server}`, ['CSeq: 2 BYE', headerOf(answer, 'To')]);
    await within(PATIENCE, done, () => new UnansweredError('The hang-up was not answered.'));
  }

  close(): void {
    this.#socket.close();
  }

  #send(request: string, headers: readonly string[], body = ''): void {
    const via = `Via: SIP/2.0/UDP 127.0.0.1:${this.#socket.address().port};branch=z9hG4bK${randomUUID()}`;
    const type = body === '' ? [] : ['Content-Type: application/sdp'];
    const length = `Content-Length: ${Buffer.byteLength(body)}`;
    const lines = [`${request} SIP/2.0`, via, ...this.#head, ...headers, ...type, length, '', body];
    this.#socket.send(lines.join('\r\n'), this.#server, '127.0.0.1');
  }

  #final(method: string): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const look = (datagram: Buffer): void => {
      const text = datagram.toString();
      if (!/^SIP\/2\.0 [2-6]/.test(text) || !headerOf(text, 'CSeq').endsWith(` ${method}`)) return;
      this.#socket.off('message', look);
      resolve(text);
    };
    this.#socket.on('message', look);
    return promise;
  }
}

function headerOf(message: string, name: string): string {
  const start = `${name.toLowerCase()}:`;
  return message.split('\r\n').find((line) => line.toLowerCase().startsWith(start)) ?? '';
}
