import type { JobHelpers } from 'graphile-worker';
import type { JobName } from '../../db/jobs/jobs.ts';
import { takeDueDelivery } from '../../db/webhooks/deliveries.ts';
import type { DueDelivery } from '../../db/webhooks/deliveries.ts';
import type { Logger } from '../../runtime/logger.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import type { AttemptParts } from './attempt-delivery.ts';
import { tellEvents } from './tell-events.ts';

export const SEND_WEBHOOKS: JobName = 'send-webhooks';

export type SenderParts = AttemptParts & { logger: Logger };

/** Deliveries at once: of endpoints that are well, and of those that failed last. */
const LANES = [
  { failing: false, places: 16, ofOneEndpoint: 4, ofOneOrganization: 12 },
  { failing: true, places: 8, ofOneEndpoint: 1, ofOneOrganization: 6 },
] as const;

/** Added to the deadline of an attempt: nobody else takes a delivery before that is over. */
const MARGIN = 30_000;

interface UnderWay {
  endpointId: string;
  organizationId: string;
  failing: boolean;
}

/**
 * Tells what is to be told and delivers what is due, in one job of the queue at a time: whoever asks
 * meanwhile makes it look again, and waits for no delivery that is under way. Endpoints that failed last
 * have places of their own, so that none that is well waits behind them.
 */
export class WebhookSender {
  readonly #parts: SenderParts;
  readonly #underWay = new Set<UnderWay>();
  #isRunning = false;
  #isAskedFor = false;
  #asked = Promise.withResolvers<void>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Returns once nothing is due, or the process is to stop. */
  async run({ abortSignal, addJob }: Pick<JobHelpers, 'abortSignal' | 'addJob'>): Promise<void> {
    this.#ask();
    if (this.#isRunning) return;
    this.#isRunning = true;
    const going = new Set<Promise<void>>();
    const isStopped = (): boolean => abortSignal?.aborted ?? false;
    const stopped = new Promise<void>((resolve) => {
      abortSignal?.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      while (!isStopped() && (this.#isAskedFor || going.size > 0)) {
        if (this.#isAskedFor) {
          this.#isAskedFor = false;
          this.#asked = Promise.withResolvers();
          await tellEvents(this.#parts);
          await this.#fill(going, addJob);
        }
        if (going.size > 0) await Promise.race([this.#asked.promise, stopped]);
      }
    } finally {
      // Nothing is awaited between the last look and this: who asks now begins anew.
      this.#isRunning = false;
      await Promise.all(going);
    }
  }

  #ask(): void {
    this.#isAskedFor = true;
    this.#asked.resolve();
  }

  /** Takes what is due while there is a place for it. */
  async #fill(going: Set<Promise<void>>, addJob: JobHelpers['addJob']): Promise<void> {
    for (const { failing, places, ofOneEndpoint, ofOneOrganization } of LANES) {
      while (this.#inLane(failing).length < places) {
        const delivery = await takeDueDelivery(this.#parts.db, {
          failing,
          except: this.#busy('endpointId', this.#underWay, ofOneEndpoint),
          exceptOf: this.#busy('organizationId', this.#inLane(failing), ofOneOrganization),
          lease: this.#parts.deadline + MARGIN,
        });
        if (!delivery) break;
        const { endpointId, organizationId } = delivery;
        const place = { endpointId, organizationId, failing };
        this.#underWay.add(place);
        const attempt = this.#attempt(delivery, addJob).finally(() => {
          this.#underWay.delete(place);
          going.delete(attempt);
          this.#ask();
        });
        going.add(attempt);
      }
    }
  }

  #inLane(failing: boolean): UnderWay[] {
    return [...this.#underWay].filter((one) => one.failing === failing);
  }

  /** Endpoints, or organizations, that have so many under way. */
  #busy(of: 'endpointId' | 'organizationId', going: Iterable<UnderWay>, most: number): string[] {
    const groups = Map.groupBy(going, (one) => one[of]);
    return [...groups].filter(([, { length }]) => length >= most).map(([id]) => id);
  }

  /** Never rejects: a delivery whose end could not be written is taken again. */
  async #attempt(delivery: DueDelivery, addJob: JobHelpers['addJob']): Promise<void> {
    const { logger } = this.#parts;
    const { id: deliveryId, endpointId, attempts: attempt } = delivery;
    try {
      const { state, status, dueIn } = await attemptDelivery(this.#parts, delivery);
      logger.info({ deliveryId, endpointId, state, status, attempt }, 'webhook sent');
      if (dueIn === null) return;
      // Of the queue's clock, which is the machine's.
      const runAt = new Date(Date.now() + dueIn);
      await addJob(SEND_WEBHOOKS, {}, { runAt, maxAttempts: 1 });
    } catch (err) {
      logger.error({ err, deliveryId, endpointId }, 'a webhook could not be sent or written down');
    }
  }
}
