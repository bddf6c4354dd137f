import type { Channel, SimulatedCalendar } from './model.ts';
import type { GoogleState } from './state.ts';

/** Posts to the channels of a calendar that it changed: no body, and not what. */
export class Notifier {
  readonly #state: GoogleState;
  readonly #under = new Set<Promise<void>>();
  /** True: messages are lost on their way, as they may be. */
  losesMessages = false;

  constructor(state: GoogleState) {
    this.#state = state;
    state.onChange((calendar) => this.tell(calendar));
  }

  /** The first message of a channel. */
  greet(id: string): void {
    const channel = this.#state.channels.get(id);
    if (channel) this.#post(channel, 'sync');
  }

  tell({ id }: SimulatedCalendar): void {
    for (const channel of this.#state.channels.values()) {
      if (channel.calendar !== id) continue;
      if (channel.expiration <= this.#state.now()) this.#state.channels.delete(channel.id);
      else this.#post(channel, 'exists');
    }
  }

  /** Settles when every message has arrived, or was given up. */
  async settled(): Promise<void> {
    await Promise.all(this.#under);
  }

  #post(channel: Channel, state: 'sync' | 'exists'): void {
    // Numbers grow, and skip.
    channel.number += state === 'sync' ? 1 : 3;
    if (this.losesMessages && state !== 'sync') return;
    const sent = send(channel, state).finally(() => this.#under.delete(sent));
    this.#under.add(sent);
  }
}

async function send(channel: Channel, state: 'sync' | 'exists'): Promise<void> {
  const { id, resourceId, token, expiration, number, address, calendar } = channel;
  try {
    await fetch(address, {
      method: 'POST',
      headers: {
        'X-Goog-Channel-ID': id,
        ...(token === null ? {} : { 'X-Goog-Channel-Token': token }),
        'X-Goog-Channel-Expiration': expiration.toUTCString(),
        'X-Goog-Resource-ID': resourceId,
        'X-Goog-Resource-URI': `https://www.googleapis.com/calendar/v3/calendars/${encodeURIComponent(calendar)}/events?alt=json`,
        'X-Goog-Resource-State': state,
        'X-Goog-Message-Number': String(number),
      },
      signal: AbortSignal.timeout(5_000),
    });
  } catch {
    // Nobody was there: the real one gives up too, after a while.
  }
}
