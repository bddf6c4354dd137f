import { AsyncLocalStorage } from 'node:async_hooks';
import { JobContext, JobProcess, runWithJobContextAsync } from '@livekit/agents';
import { Job } from '@livekit/protocol';
import { Room } from '@livekit/rtc-node';
import { hearOwnEvents } from '../../calls/livekit-library.ts';
import { settledWithin } from '../../runtime/within.ts';
import { Call } from '../call/call.ts';
import type { CallParts } from '../call/call.ts';
import { STOP_DEADLINE } from '../call/deadlines.ts';
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
  /** Which call the code that runs belongs to. */
  readonly #current = new AsyncLocalStorage<Call>();

  /** @param onOver everything of that call is written, and its room closed */
  constructor(parts: CallParts, onOver: (id: string) => void) {
    this.#parts = parts;
    this.#onOver = onOver;
  }

  /** Begins a call; what goes wrong in it is logged, and `onOver` tells of its end either way. */
  serve(assigned: AssignedCall): void {
    const { LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = this.#parts.config;
    const { id, metadata, roomName, url, token, isTakenOver } = assigned;
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
        isTakenOver,
        room,
        connect: () => context.connect(),
        deleteRoom: () => context.deleteRoom(roomName),
      },
      this.#parts,
    );
    this.#calls.set(id, call);
    const served = this.#current.run(call, () => runWithJobContextAsync(context, () => call.run()));
    void served
      .catch((err: unknown) => this.#parts.logger.error({ err, jobId: id }, 'a call broke off'))
      .then(() => leaveRoom(room))
      .finally(() => {
        this.#calls.delete(id);
        this.#parts.logger.debug({ jobId: id }, 'nothing is left of the call');
        this.#onOver(id);
      });
  }

  /** Ends a call in order; one that is not here, or over, is passed over. */
  end(id: string): void {
    this.#calls.get(id)?.end({ reason: 'The worker stopped.', failed: true, by: 'fault' });
  }

  /** Ends the call in which an error was thrown just now; where that is none, all go on. */
  blame(): void {
    this.#current.getStore()?.end({ reason: 'The call broke off.', failed: true, by: 'fault' });
  }

  /** Ends all calls; resolves when they are over, or the deadline is. */
  async close(): Promise<void> {
    const calls = [...this.#calls.values()];
    for (const id of this.#calls.keys()) this.end(id);
    await settledWithin(STOP_DEADLINE, Promise.all(calls.map(({ over }) => over)));
  }
}
