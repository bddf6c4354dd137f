import { randomUUID } from 'node:crypto';
import type { SettableClock } from './clock.ts';
import type { Booking, Webhook } from './model.ts';
import type { CalcomState } from './state.ts';
import { meetingBody, webhookPayload } from './webhook-payload.ts';
import { signatureOf } from './webhook-signature.ts';

/** One message to one subscriber, and what became of it. */
export interface Delivery {
  id: string;
  triggerEvent: string;
  bookingUid: string;
  url: string;
  headers: Record<string, string>;
  rawBody: string;
  /** How often it was sent. */
  sent: number;
  /** The statuses of the answers; null where there was none. */
  statuses: (number | null)[];
}

export interface ReleaseOptions {
  /** Default 'sent'. */
  order?: 'sent' | 'reversed';
  /** How often each is sent. Default 1. */
  copies?: number;
  /** Milliseconds before the first. */
  delay?: number;
  /** Of these deliveries alone; default all that are held. */
  ids?: readonly string[];
}

export interface WebhookSenderOptions {
  state: CalcomState;
  clock: SettableClock;
  bookerUrl: string;
  fetch: typeof fetch;
}

/** Milliseconds a subscriber may take to answer. */
const PATIENCE = 10_000;

/**
 * Signs and sends what happens to the subscribers, once and without retries, as Cal.com does. Held
 * deliveries wait, and go out late, several times, backwards or not at all, as they are told to.
 */
export class WebhookSender {
  readonly deliveries: Delivery[] = [];
  readonly #options: WebhookSenderOptions;
  readonly #running = new Set<Promise<void>>();
  #held: Delivery[] = [];
  #holding = false;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  send(triggerEvent: string, booking: Booking, previous: Booking | null = null): void {
    const { state, clock, bookerUrl } = this.#options;
    const subscribers = subscribersOf(state, triggerEvent, booking);
    if (subscribers.length === 0) return;
    const payload = webhookPayload({ state, bookerUrl }, triggerEvent, booking, previous);
    const createdAt = new Date(clock.now()).toISOString();
    const body = { triggerEvent, createdAt, payload };
    for (const webhook of subscribers) this.#enqueue(webhook, body, booking.uid);
  }

  sendMeeting(triggerEvent: 'MEETING_STARTED' | 'MEETING_ENDED', booking: Booking): void {
    const body = meetingBody(triggerEvent, booking);
    for (const webhook of subscribersOf(this.#options.state, triggerEvent, booking)) {
      this.#enqueue(webhook, body, booking.uid);
    }
  }

  /** From now on nothing goes out before it is released. */
  hold(): void {
    this.#holding = true;
  }

  get held(): readonly Delivery[] {
    return this.#held;
  }

  /** Sends what is held, one after the other, and resolves when all have been answered. New ones go on being held. */
  async release(options: ReleaseOptions = {}): Promise<void> {
    const chosen = this.#take(options.ids);
    if (options.order === 'reversed') chosen.reverse();
    const sending = this.#sendAll(chosen, options.copies ?? 1, options.delay ?? 0);
    this.#track(sending);
    await sending;
  }

  /** Loses what is held. */
  discard(ids?: readonly string[]): void {
    this.#take(ids);
  }

  /** Sends at once again, beginning with what is held. */
  async resume(): Promise<void> {
    this.#holding = false;
    await this.release();
  }

  /** Sends one that went out already again. */
  async repeat(id: string): Promise<void> {
    const delivery = this.deliveries.find((each) => each.id === id);
    if (delivery !== undefined) await this.#deliver(delivery);
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #take(ids: readonly string[] | undefined): Delivery[] {
    const chosen = this.#held.filter((each) => ids?.includes(each.id) ?? true);
    this.#held = this.#held.filter((each) => !chosen.includes(each));
    return chosen;
  }

  #enqueue(webhook: Webhook, body: { triggerEvent: string }, bookingUid: string): void {
    const rawBody = JSON.stringify(body);
    const delivery: Delivery = {
      id: randomUUID(),
      triggerEvent: body.triggerEvent,
      bookingUid,
      url: webhook.subscriberUrl,
      headers: {
        'Content-Type': 'application/json',
        'X-Cal-Signature-256': signatureOf(rawBody, webhook.secret),
        'X-Cal-Webhook-Version': '2021-10-20',
      },
      rawBody,
      sent: 0,
      statuses: [],
    };
    this.deliveries.push(delivery);
    if (this.#holding) this.#held.push(delivery);
    else this.#track(this.#deliver(delivery));
  }

  async #sendAll(deliveries: Delivery[], copies: number, delay: number): Promise<void> {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    for (const delivery of deliveries) {
      for (let copy = 0; copy < copies; copy += 1) await this.#deliver(delivery);
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    delivery.sent += 1;
    try {
      const answer = await this.#options.fetch(delivery.url, {
        method: 'POST',
        headers: delivery.headers,
        body: delivery.rawBody,
        signal: AbortSignal.timeout(PATIENCE),
      });
      await answer.body?.cancel();
      delivery.statuses.push(answer.status);
    } catch {
      // Nobody listened or answered: Cal.com does not try again either.
      delivery.statuses.push(null);
    }
  }

  #track(sending: Promise<void>): void {
    this.#running.add(sending);
    void sending.finally(() => this.#running.delete(sending));
  }
}

function subscribersOf(state: CalcomState, trigger: string, booking: Booking): Webhook[] {
  return [...state.webhooks.values()].filter(
    (webhook) =>
      webhook.active &&
      webhook.triggers.includes(trigger) &&
      booking.hostIds.includes(webhook.userId),
  );
}
