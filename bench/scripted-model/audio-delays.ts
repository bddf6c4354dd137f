/** Bytes of 20 ms: PCM16 at 24 kHz. */
const PIECE = 960;
const PIECE_MILLISECONDS = 20;
/** Pieces at the start of a call, which wait for its connection. */
const NOT_COUNTED = 100;

/** How late callers' sound comes to the model: of each 20 ms, beside the fastest of the same call. */
export class AudioDelays {
  /** By session: bytes so far, and how late each piece came, less an amount that is the session's. */
  readonly #sessions = new Map<string, { bytes: number; late: number[] }>();

  /** @param text a message of a client */
  received(text: string, sessionId: string): void {
    if (!text.includes('"input_audio_buffer.append"')) return;
    const at = performance.now();
    const { audio } = JSON.parse(text) as { audio: string };
    const session = this.#sessions.get(sessionId) ?? { bytes: 0, late: [] };
    this.#sessions.set(sessionId, session);
    const before = Math.floor(session.bytes / PIECE);
    session.bytes += Buffer.byteLength(audio, 'base64');
    for (let piece = before; piece < Math.floor(session.bytes / PIECE); piece += 1) {
      session.late.push(at - (piece + 1) * PIECE_MILLISECONDS);
    }
  }

  /** Milliseconds; forgets them. */
  take(): number[] {
    const delays = [...this.#sessions.values()].flatMap(({ late }) => {
      const counted = late.slice(NOT_COUNTED);
      const fastest = Math.min(...counted);
      return counted.map((lateness) => lateness - fastest);
    });
    this.#sessions.clear();
    return delays;
  }
}
