import { createHmac, randomUUID } from 'node:crypto';
import { inviteeAnswer, meetingAnswer, uri } from './answers.ts';
import type { SimulatorClock } from './clock.ts';
import type { Invitee, Subscription } from './model.ts';
import type { CalendlyState } from './state.ts';

export type WebhookEvent = 'invitee.created' | 'invitee.canceled';

/** One message to one subscriber, and what became of it. */
export interface Delivery {
  id: string;
  event: WebhookEvent;
  url: string;
  rawBody: string;
  signingKey: string | null;
  subscriptionId: string;
  /** The statuses of the answers; null where there was none. */
  statuses: (number | null)[];
}

export interface WebhookSenderOptions {
  state: CalendlyState;
  clock: SimulatorClock;
  fetch: typeof fetch;
}

/** Milliseconds. */
const PATIENCE = 15_000;
const GONE = 410;

/**
 * Signs and sends what happens to the subscribers. Held deliveries wait, and go out late, backwards,
 * twice or not at all, as they are told to. What fails is not repeated by itself.
 */
export class WebhookSender {
  readonly deliveries: Delivery[] = [];
  readonly #options: WebhookSenderOptions;
  readonly #running = new Set<Promise<void>>();
  #held: Delivery[] = [];
  #isHolding = false;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  send(event: WebhookEvent, invitee: Invitee): void {
    const { state, clock } = this.#options;
    const meeting = state.meetings.get(invitee.meetingId);
    if (!meeting) throw new Error('The invitee has no meeting.');
    for (const subscription of state.subscriptions.values()) {
      if (subscription.ownerId !== meeting.hostId || subscription.state !== 'active') continue;
      if (!subscription.events.includes(event)) continue;
      const rawBody = JSON.stringify({
        event,
        created_at: new Date(clock.now()).toISOString().replace('Z', '000Z'),
        created_by: uri.user(subscription.ownerId),
        payload: {
          ...inviteeAnswer(state, invitee),
          scheduled_event: meetingAnswer(state, meeting),
        },
      });
      this.#enqueue(event, subscription, rawBody);
    }
  }

  /** From now on nothing goes out before it is released. */
  hold(): void {
    this.#isHolding = true;
  }

  /** Sends what is held, one after the other, and resolves when all have been answered. */
  async release({
    order = 'sent',
    copies = 1,
  }: { order?: 'sent' | 'reversed'; copies?: number } = {}) {
    const chosen = this.#held;
    this.#held = [];
    if (order === 'reversed') chosen.reverse();
    for (const delivery of chosen) {
      for (let copy = 0; copy < copies; copy += 1) await this.#deliver(delivery);
    }
  }

  /** Loses what is held. */
  discard(): void {
    this.#held = [];
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #enqueue(event: WebhookEvent, subscription: Subscription, rawBody: string): void {
    const { id: subscriptionId, url, signingKey } = subscription;
    const id = randomUUID();
    const delivery = { id, event, url, rawBody, signingKey, subscriptionId, statuses: [] };
    this.deliveries.push(delivery);
    if (this.#isHolding) {
      this.#held.push(delivery);
      return;
    }
    const sending = this.#deliver(delivery);
    this.#running.add(sending);
    void sending.finally(() => this.#running.delete(sending));
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { state, clock, fetch } = this.#options;
    const { url, rawBody, signingKey } = delivery;
    const at = Math.floor(clock.now() / 1_000);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(signingKey === null
            ? {}
            : { 'Calendly-Webhook-Signature': signatureOf(rawBody, signingKey, at) }),
        },
        body: rawBody,
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE),
      });
      await answer.body?.cancel();
      delivery.statuses.push(answer.status);
      if (answer.status === GONE) state.subscriptions.delete(delivery.subscriptionId);
    } catch {
      delivery.statuses.push(null);
    }
  }
}

/** @param at seconds since 1970 */
export function signatureOf(rawBody: string, key: string, at: number): string {
  return `t=${at},v1=${createHmac('sha256', key).update(`${at}.${rawBody}`).digest('hex')}`;
}
