import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeMuLaw, encodeMuLaw } from '../../runtime/g711.ts';

/** Milliseconds of sound in a packet, and its bytes of µ-law at 8 kHz. */
const FRAME = 20;
const FRAME_BYTES = 160;
const PCMU = 0;
/** The payload type of keys that our SDP names (RFC 4733). */
export const KEYS = 101;
const SILENCE = 0xff;
const AUDIBLE = 500;
const MOST_SILENT = 4;

/** The sound of a telephone: sends µ-law or keys by RTP and notes what comes (RFC 3550, 3551, 4733). */
export class RtpPhone implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #ssrc = randomInt(2 ** 32);
  #sequence = randomInt(2 ** 16);
  #timestamp = randomInt(2 ** 32);
  #sending = false;
  #queue: Uint8Array[] = [];
  #keys: Buffer[] = [];
  #toldAudible: (() => void)[] = [];
  /** Packets received. */
  packets = 0;
  /** When the other side was first heard, milliseconds of the epoch; null: not yet. */
  audibleAt: number | null = null;
  /** When it was last heard. */
  lastAudibleAt: number | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (packet) => this.#receive(packet));
  }

  /** Opens a port on loopback. */
  static async open(): Promise<RtpPhone> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new RtpPhone(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Begins to send to where the other side's SDP says: silence while there is nothing to say. */
  dial(to: Pick<RemoteInfo, 'address' | 'port'>): void {
    if (this.#sending) return;
    this.#sending = true;
    void this.#send(to);
  }

  /** Says samples at 8 kHz; resolves when they are queued. */
  say(samples: Int16Array): void {
    const bytes = encodeMuLaw(samples);
    for (let at = 0; at < bytes.length; at += FRAME_BYTES) {
      const frame = new Uint8Array(FRAME_BYTES).fill(SILENCE);
      frame.set(bytes.subarray(at, at + FRAME_BYTES));
      this.#queue.push(frame);
    }
  }

  /** Presses keys, a tenth of a second each with as much between them. */
  press(keys: string): void {
    for (const key of keys) {
      const event = '0123456789*#'.indexOf(key);
      for (let step = 1; step <= 5; step += 1) this.#keys.push(keyPayload(event, step, false));
      // The end is sent three times, as RFC 4733 section 2.5.1.4 asks.
      for (let again = 0; again < 3; again += 1) this.#keys.push(keyPayload(event, 6, true));
      for (let gap = 0; gap < 5; gap += 1) this.#keys.push(Buffer.alloc(0));
    }
  }

  /** Resolves at the next sound of the other side. */
  audible(): Promise<void> {
    return new Promise((resolve) => {
      this.#toldAudible.push(resolve);
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#sending = false;
    return new Promise((resolve) => {
      this.#socket.close(resolve);
    });
  }

  async #send({ address, port }: Pick<RemoteInfo, 'address' | 'port'>): Promise<void> {
    const began = performance.now();
    let keyStart = 0;
    for (let frame = 0; this.#sending; frame += 1) {
      const key = this.#keys.shift();
      const isKey = key !== undefined && key.length > 0;
      // All packets of one key carry the instant at which it went down.
      const isFirst = isKey && key.readUInt16BE(2) === FRAME_BYTES;
      if (isFirst) keyStart = this.#timestamp;
      const sound = this.#queue.shift() ?? new Uint8Array(FRAME_BYTES).fill(SILENCE);
      const packet = isKey
        ? this.#packet(KEYS, key, keyStart, isFirst)
        : this.#packet(PCMU, sound, this.#timestamp, false);
      this.#socket.send(packet, port, address);
      this.#timestamp = (this.#timestamp + FRAME_BYTES) >>> 0;
      await pause(Math.max(0, began + (frame + 1) * FRAME - performance.now()));
    }
  }

  #packet(type: number, payload: Uint8Array, timestamp: number, marked: boolean): Buffer {
    const header = Buffer.alloc(12);
    header.writeUInt8(0x80, 0);
    header.writeUInt8((marked ? 0x80 : 0) | type, 1);
    header.writeUInt16BE(this.#sequence, 2);
    header.writeUInt32BE(timestamp, 4);
    header.writeUInt32BE(this.#ssrc, 8);
    this.#sequence = (this.#sequence + 1) & 0xff_ff;
    return Buffer.concat([header, payload]);
  }

  #receive(packet: Buffer): void {
    this.packets += 1;
    if (packet.length < 12 || (packet.readUInt8(1) & 0x7f) !== PCMU) return;
    const loud = decodeMuLaw(packet.subarray(12)).filter((sample) => Math.abs(sample) > AUDIBLE);
    if (loud.length <= MOST_SILENT) return;
    const now = performance.timeOrigin + performance.now();
    this.audibleAt ??= now;
    this.lastAudibleAt = now;
    for (const tell of this.#toldAudible.splice(0)) tell();
  }
}

/** Key, end bit with a volume of -10 dBm0, and how long it is down, in samples. */
function keyPayload(event: number, step: number, isEnd: boolean): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt8(event, 0);
  payload.writeUInt8((isEnd ? 0x80 : 0) | 10, 1);
  payload.writeUInt16BE(step * FRAME_BYTES, 2);
  return payload;
}
