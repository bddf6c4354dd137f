import { randomUUID } from 'node:crypto';
import type { Change, Mailbox, SimulatedEvent } from './mailbox.ts';

/** Who is told of what changes in a mailbox. */
export interface Subscription {
  id: string;
  mailbox: Mailbox;
  resource: string;
  changeType: string;
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  /** Milliseconds since 1970. */
  expires: number;
}

/** One message to one subscriber, and what became of it. */
export interface Notification {
  url: string;
  body: { value: object[] };
  /** The status of its answer; null where there was none. */
  status: number | null;
}

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

/** Milliseconds in which an address must answer that it is there. */
const VALIDATION_PATIENCE = 10_000;
const PATIENCE = 3_000;
const TENANT = '00000000-0000-0000-0000-000000000008';

/** Keeps subscriptions and sends what they ask for: once each, unless it is told to lose it. */
export class Notifier {
  readonly subscriptions = new Map<string, Subscription>();
  readonly sent: Notification[] = [];
  /** Notifications that are lost on their way from now on. */
  losesAll = false;
  readonly #now: () => number;
  readonly #running = new Set<Promise<void>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether somebody at the address answers what it is asked. */
  async validate(address: string): Promise<boolean> {
    const token = `Validation: ${randomUUID()}`;
    const url = new URL(address);
    url.searchParams.set('validationToken', token);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain; charset=utf-8' },
        signal: AbortSignal.timeout(VALIDATION_PATIENCE),
      });
      const isPlain = answer.headers.get('content-type')?.startsWith('text/plain') === true;
      return answer.status === 200 && isPlain && (await answer.text()) === token;
    } catch {
      return false;
    }
  }

  tell(mailbox: Mailbox, change: Change, event: SimulatedEvent): void {
    for (const subscription of this.#live(mailbox)) {
      if (!subscription.changeType.split(',').includes(change)) continue;
      this.#send(subscription.notificationUrl, {
        ...this.#about(subscription),
        changeType: change,
        resource: `Users/example/Events/${event.id}`,
        resourceData: {
          '@odata.type': '#Microsoft.Graph.Event',
          '@odata.id': `Users/example/Events/${event.id}`,
          '@odata.etag': `W/"${event.changedIn}"`,
          id: event.id,
        },
      });
    }
  }

  /** Tells of a subscription itself; one that is removed is gone. */
  tellLifecycle(subscriptionId: string, lifecycleEvent: LifecycleEvent): void {
    const subscription = this.subscriptions.get(subscriptionId);
    if (!subscription?.lifecycleNotificationUrl) throw new RangeError('Nobody asked to be told.');
    if (lifecycleEvent === 'subscriptionRemoved') this.subscriptions.delete(subscriptionId);
    this.#send(subscription.lifecycleNotificationUrl, {
      ...this.#about(subscription),
      lifecycleEvent,
    });
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #live(mailbox: Mailbox): Subscription[] {
    return [...this.subscriptions.values()].filter(
      (each) => each.mailbox === mailbox && each.expires > this.#now(),
    );
  }

  #about({ id, expires, clientState }: Subscription): object {
    return {
      subscriptionId: id,
      subscriptionExpirationDateTime: new Date(expires).toISOString(),
      ...(clientState === null ? {} : { clientState }),
      tenantId: TENANT,
    };
  }

  #send(url: string, value: object): void {
    if (this.losesAll) return;
    const notification: Notification = { url, body: { value: [value] }, status: null };
    this.sent.push(notification);
    const sending = this.#deliver(notification);
    this.#running.add(sending);
    void sending.finally(() => this.#running.delete(sending));
  }

  async #deliver(notification: Notification): Promise<void> {
    try {
      const answer = await fetch(notification.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: JSON.stringify(notification.body),
        signal: AbortSignal.timeout(PATIENCE),
      });
      await answer.body?.cancel();
      notification.status = answer.status;
    } catch {
      // Graph would send it again for hours; who needs that here sends it anew.
    }
  }
}
