import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ParticipantInfo_Kind } from '@livekit/protocol';
import { ServerError } from 'livekit-server-sdk';
import type { AgentDispatchClient, ParticipantInfo, RoomServiceClient } from 'livekit-server-sdk';
import {
  claimSilentCall,
  closeLeftCall,
  closeSilentCall,
  listSilentCalls,
  SIGN_OF_LIFE_EVERY,
} from '../../db/calls/call-lease.ts';
import type { SilentCall } from '../../db/calls/call-lease.ts';
import { closeRoom } from '../../db/calls/opened-rooms.ts';
import type { Database } from '../../db/database.ts';
import type { Logger } from '../../runtime/logger.ts';
import { agentIdOf } from './agent-token.ts';
import type { AssignedCall } from './livekit-worker.ts';

/** Milliseconds between two looks. */
const LOOK_EVERY = 1_000;
/** Milliseconds without a sign from which on a call is looked at. */
const SILENT = 2 * SIGN_OF_LIFE_EVERY;
/**
 * Looks in a row at the same last sign, each answered by the database: where the database itself was
 * away, nobody could give a sign.
 */
const LOOKS = 3;
/** A call may be what its workers die of. */
const MOST_TIMES = 3;
/** Milliseconds after which a caller whom no worker has room for is hung up on. */
const WAITS_AT_MOST = 30_000;
/** Others in a room who are nobody's callers. */
const NO_CALLERS: readonly number[] = [
  ParticipantInfo_Kind.AGENT,
  ParticipantInfo_Kind.EGRESS,
  ParticipantInfo_Kind.INGRESS,
];

export interface LostCallsOptions {
  db: Database;
  rooms: Pick<RoomServiceClient, 'listParticipants' | 'deleteRoom'>;
  dispatches: Pick<AgentDispatchClient, 'listDispatch'>;
  /** Under which dispatches ask for it. */
  workerName: string;
  /** Of LiveKit: ws:// or wss://. */
  url: string;
  /** Whether one more call can be served. */
  hasRoom: () => boolean;
  /** Whether this worker has the call of that room. */
  isOurs: (roomName: string) => boolean;
  serve: (call: AssignedCall) => void;
  logger: Logger;
}

/**
 * Finds calls whose worker is gone, with all of its processes, and takes them over where somebody is
 * still in the room. LiveKit hands a job out once: without this the caller would stay there alone.
 */
export class LostCalls {
  readonly #options: LostCallsOptions;
  #looks = new Map<string, { call: SilentCall; count: number; since: number }>();
  #isStopped = false;

  constructor(options: LostCallsOptions) {
    this.#options = options;
  }

  /** Looks until it is stopped; never throws. */
  async run(): Promise<void> {
    while (!this.#isStopped) {
      await this.#look().catch((err: unknown) => {
        this.#looks.clear();
        this.#options.logger.warn({ err }, 'could not look for calls whose worker is gone');
      });
      await pause(LOOK_EVERY, undefined, { ref: false });
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #look(): Promise<void> {
    const { db, isOurs, logger } = this.#options;
    const before = this.#looks;
    this.#looks = new Map();
    for (const call of await listSilentCalls(db, SILENT)) {
      if (isOurs(call.roomName)) continue;
      const last = before.get(call.callId);
      const isSame = last !== undefined && isAsSilent(last.call, call);
      const { count, since } = isSame ? last : { count: 0, since: performance.now() };
      this.#looks.set(call.callId, { call, count: count + 1, since });
    }
    const lost = [...this.#looks.values()].filter(({ count }) => count >= LOOKS);
    // One after the other: each takes one of the lines that are left.
    for (const { call, since } of lost) {
      await this.#takeOver(call, performance.now() - since).catch((err: unknown) => {
        logger.warn({ err, callId: call.callId }, 'a call could not be taken over');
      });
    }
  }

  /** @param waited milliseconds since it was first looked at */
  async #takeOver(call: SilentCall, waited: number): Promise<void> {
    const { db, hasRoom, serve, logger, url } = this.#options;
    const { callId, roomName } = call;
    const people = await this.#peopleIn(roomName);
    if (!people.some(({ kind }) => !NO_CALLERS.includes(kind))) {
      if (!(await closeSilentCall(db, call))) return;
      await closeRoom(db, roomName);
      await this.#deleteRoom(roomName);
      return;
    }
    const metadata = await this.#metadataOf(roomName);
    if (metadata === undefined || call.timesTakenOver >= MOST_TIMES) return this.#giveUp(call);
    if (!hasRoom()) {
      if (waited > WAITS_AT_MOST) await this.#giveUp(call);
      return;
    }
    const takenFrom = randomUUID();
    if (!(await claimSilentCall(db, call, takenFrom))) return;
    logger.warn({ callId }, 'a call whose worker is gone is taken over');
    // In the place of the agent that LiveKit may still count as there.
    const id = people.map(({ identity }) => agentIdOf(identity)).find((each) => each !== null);
    const assigned = { metadata, roomName, url, token: '', takenFrom, isTurnedAway: false };
    serve({ id: id ?? callId, ...assigned });
  }

  /** A caller whom nobody serves any more is hung up on, and not left in silence. */
  async #giveUp(call: SilentCall): Promise<void> {
    const { db, logger } = this.#options;
    const { callId, roomName } = call;
    const holder = randomUUID();
    // It may be served again by now.
    if (!(await claimSilentCall(db, call, holder))) return;
    logger.error({ callId }, 'a call whose worker is gone cannot be taken over');
    await this.#deleteRoom(roomName);
    await closeLeftCall(db, { roomName, holder });
  }

  /** One that is gone already is none to be deleted. */
  async #deleteRoom(roomName: string): Promise<void> {
    try {
      await this.#options.rooms.deleteRoom(roomName);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async #peopleIn(roomName: string): Promise<ParticipantInfo[]> {
    try {
      return await this.#options.rooms.listParticipants(roomName);
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  }

  /** What the room's dispatch told the worker that is gone. */
  async #metadataOf(roomName: string): Promise<string | undefined> {
    const { dispatches, workerName } = this.#options;
    const all = await dispatches.listDispatch(roomName);
    return all.find(({ agentName }) => agentName === workerName)?.metadata;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ServerError && error.code === 'not_found';
}

function isAsSilent(one: SilentCall, other: SilentCall): boolean {
  return one.holder === other.holder && one.lastSignAt.getTime() === other.lastSignAt.getTime();
}
