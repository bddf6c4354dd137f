import { AsyncLocalStorage } from 'node:async_hooks';
import { JobContext, JobProcess, runWithJobContextAsync } from '@livekit/agents';
import { Job } from '@livekit/protocol';
import { Room } from '@livekit/rtc-node';
import { hearOwnEvents, sendAttributesInOrder } from '../../calls/livekit-library.ts';
import { settledWithin } from '../../runtime/within.ts';
import { Call } from '../call/call.ts';
import type { CallParts } from '../call/call.ts';
import { STOP_DEADLINE } from '../call/deadlines.ts';
import { signAgentToken } from './agent-token.ts';
import type { AgentTokenSigner } from './agent-token.ts';
import { leaveRoom } from './leave-room.ts';
import type { AssignedCall } from './livekit-worker.ts';

/** The framework asks it for models that run in the process; the model that speaks is remote. */
const NO_INFERENCE = {
  doInference: (): Promise<never> => Promise.reject(new Error('There is no inference here.')),
};

/** The calls of one host process. */
export class HostedCalls {
  readonly #parts: CallParts;
  readonly #onOver: (id: string) => void;
  readonly #calls = new Map<string, Call>();
  /** Each resolves when nothing is left of a call, its room included. */
  readonly #leaving = new Set<Promise<void>>();
  /** Which call the code that runs belongs to. */
  readonly #current = new AsyncLocalStorage<Call>();
  readonly #signer: AgentTokenSigner;

  /** @param onOver everything of that call is written, and its room closed */
  constructor(parts: CallParts, onOver: (id: string) => void) {
    const { LIVEKIT_API_KEY, LIVEKIT_API_SECRET, SLOTLINE_WORKER_NAME } = parts.config;
    this.#signer = {
      apiKey: LIVEKIT_API_KEY,
      apiSecret: LIVEKIT_API_SECRET,
      workerName: SLOTLINE_WORKER_NAME,
    };
    this.#parts = parts;
    this.#onOver = onOver;
  }

  /**
   * Begins a call; what goes wrong in it is logged, and `onOver` tells of its end either way.
   * @param holder this process, as the call's row names it
   */
  serve(assigned: AssignedCall, holder: string): void {
    const { apiKey, apiSecret } = this.#signer;
    const { id, metadata, roomName, url, token, takenFrom, isTurnedAway } = assigned;
    const room = new Room();
    hearOwnEvents(room);
    const job = new Job({ id, metadata, room: { name: roomName } });
    const acceptArguments = { name: '', identity: '', metadata: '' };
    const info = { acceptArguments, job, url, token, workerId: '', apiKey, apiSecret };
    const context = new JobContext(
      new JobProcess(),
      info,
      room,
      () => {},
      () => {},
      NO_INFERENCE,
    );
    const call = new Call(
      {
        id,
        metadata,
        roomName,
        takenFrom,
        isTurnedAway,
        holder,
        room,
        connect: async () => {
          if (takenFrom !== null) info.token = await signAgentToken(this.#signer, { id, roomName });
          await context.connect();
          sendAttributesInOrder(room);
        },
        deleteRoom: () => context.deleteRoom(roomName),
      },
      this.#parts,
    );
    this.#calls.set(id, call);
    const served = this.#current.run(call, () => runWithJobContextAsync(context, () => call.run()));
    const left = served
      .catch((err: unknown) => this.#parts.logger.error({ err, jobId: id }, 'a call broke off'))
      .then(() => leaveRoom(room))
      .finally(() => {
        this.#calls.delete(id);
        this.#leaving.delete(left);
        this.#parts.logger.debug({ jobId: id }, 'nothing is left of the call');
        this.#onOver(id);
      });
    this.#leaving.add(left);
  }

  /** Ends a call in order, with last words; one that is not here, or over, is passed over. */
  end(id: string): void {
    const how = { failed: true, by: 'fault', isMute: true, isHurried: true } as const;
    this.#calls.get(id)?.end({ reason: 'The worker stopped.', ...how });
  }

  /**
   * Ends the call in which an error was thrown just now, with last words; where that is none, all go
   * on.
   */
  blame(): void {
    this.#current
      .getStore()
      ?.end({ reason: 'The call broke off.', failed: true, by: 'fault', isMute: true });
  }

  /** Lets the calls end as they do; those that go on for longer than so many milliseconds are ended. */
  async empty(deadline: number): Promise<void> {
    await settledWithin(deadline, this.#allOver());
    await this.close();
  }

  /** Ends all calls; resolves when they are over, or the deadline is. */
  async close(): Promise<void> {
    for (const id of this.#calls.keys()) this.end(id);
    await settledWithin(STOP_DEADLINE, this.#allOver());
  }

  #allOver(): Promise<unknown> {
    return Promise.all(this.#leaving);
  }
}
