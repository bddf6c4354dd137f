import { DisconnectReason, ParticipantKind, RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import { callOutcome } from '../../booking/desk/call-outcome.ts';
import { parseDispatchMetadata } from '../../calls/call-metadata.ts';
import { CallRefusedError } from '../../calls/call-refused-error.ts';
import { toLanguage } from '../../calls/languages.ts';
import { RoomUsedError } from '../../calls/room-used-error.ts';
import { claimLeftCall } from '../../db/calls/call-lease.ts';
import { closeRoom } from '../../db/calls/opened-rooms.ts';
import type { Database } from '../../db/database.ts';
import type { Logger } from '../../runtime/logger.ts';
import { settledWithin } from '../../runtime/within.ts';
import type { AgentConfig } from '../config.ts';
import type { AnsweredCall } from './open-call.ts';
import { answerPhone } from './answer-phone.ts';
import { answerWeb } from './answer-web.ts';
import { apologise } from './apology.ts';
import type { Apology } from './apology.ts';
import type { EndOfCall } from './conversation.ts';
import { recordCall } from './record-call.ts';
import type { RecordedCall } from './record-call.ts';
import { Talk } from './talk.ts';

/** Milliseconds for a session that is still starting when its call ends. */
const START_DEADLINE = 2_000;
/** This process was taken for dead. */
const TAKEN_OVER: EndOfCall = {
  reason: 'Another process has the call.',
  failed: false,
  by: 'fault',
  isElsewhere: true,
};

/** What a process makes once, for all its calls. */
export interface CallParts {
  config: AgentConfig;
  db: Database;
  logger: Logger;
}

/** What LiveKit hands over for one call. */
export interface CallJob {
  id: string;
  /** As the dispatch carries it. */
  metadata: string;
  roomName: string;
  /** The process that had it and died, as the call's row names it; null of a call that begins. */
  takenFrom: string | null;
  /** The worker has as many calls as it serves: the caller is told so. */
  isTurnedAway: boolean;
  /** This process, likewise. */
  holder: string;
  room: Room;
  connect: () => Promise<void>;
  deleteRoom: () => Promise<unknown>;
}

/**
 * One call's life: its line is opened, it talks, what was begun is settled, and its room is closed.
 * Everything that wants it to end calls `end`, at any time; there is no other way out.
 */
export class Call {
  readonly #job: CallJob;
  readonly #parts: CallParts;
  readonly #logger: Logger;
  readonly #ended = Promise.withResolvers<EndOfCall>();
  /** Whether another process has the call, and the room with it. */
  #isElsewhere = false;

  constructor(job: CallJob, parts: CallParts) {
    this.#job = job;
    this.#parts = parts;
    this.#logger = parts.logger.child({ jobId: job.id });
  }

  /** Ends the call; the first end counts. */
  end(end: EndOfCall): void {
    this.#ended.resolve(end);
  }

  /**
   * Serves the call to its end. Never throws: what goes wrong is logged, the caller hears an apology,
   * and the room is closed. Resolves when everything of it is written.
   */
  async run(): Promise<void> {
    const { room } = this.#job;
    logWhenHeard(room, this.#logger);
    room.on(RoomEvent.Disconnected, (reason) => {
      if (reason === DisconnectReason.DUPLICATE_IDENTITY) this.#leave();
    });
    const whose = await this.#whose();
    if (whose === 'elsewhere') {
      this.#logger.warn('a call that another process has is left to it');
      return;
    }
    if (whose === 'over') return this.#close(Promise.resolve());
    const connected = this.#job.connect();
    let isRoomOurs = true;
    // Those who wait for it are told.
    connected.catch(() => {});
    let isByPhone = false;
    try {
      const dispatch = parseDispatchMetadata(this.#job.metadata);
      isByPhone = dispatch.line === 'phone';
      const answered = await this.#open(dispatch, connected);
      if (answered) isRoomOurs = await this.#serve(answered, connected);
      else this.#logger.warn('a phone call was announced, and no phone line came');
    } catch (error) {
      this.#logger.error({ err: error }, 'the call cannot be served');
      if (error instanceof RoomUsedError) isRoomOurs = error.isOver;
      else if (!this.#isElsewhere) {
        const refused = error instanceof CallRefusedError ? error : null;
        const language = toLanguage(refused?.language ?? 'en');
        const kinds = isByPhone ? { kinds: [ParticipantKind.SIP] } : {};
        await this.#apologise({ name: refused?.spoken ?? null, language, ...kinds }, connected);
      }
    }
    if (isRoomOurs && !this.#isElsewhere) await this.#close(connected);
  }

  /** Whoever joins takes the place of the one that is there: the call is taken before. */
  async #whose(): Promise<'ours' | 'over' | 'elsewhere'> {
    const { takenFrom, roomName, holder } = this.#job;
    if (takenFrom === null) return 'ours';
    try {
      return await claimLeftCall(this.#parts.db, { roomName, from: [takenFrom], holder });
    } catch (error) {
      // The caller is told that something is wrong, and not left in silence.
      this.#logger.error({ err: error }, 'could not ask for whose the call is');
      return 'ours';
    }
  }

  #leave(): void {
    this.#isElsewhere = true;
    this.end(TAKEN_OVER);
  }

  async #apologise(apology: Apology, connected: Promise<void>): Promise<void> {
    try {
      await connected;
      await apologise(this.#job.room, apology);
    } catch (cause) {
      this.#logger.error({ err: cause }, 'could not even apologise');
    }
  }

  /** Notes that the room had its call: nobody is served in it again. */
  async #close(connected: Promise<void>): Promise<void> {
    await closeRoom(this.#parts.db, this.#job.roomName).catch((error: unknown) =>
      this.#logger.error({ err: error }, 'could not note that the room had its call'),
    );
    // Which room it is the framework knows once it is in.
    await connected.catch(() => {});
    await this.#job.deleteRoom().catch(() => {});
  }

  /** @returns null when a phone call was announced and nobody came */
  async #open(dispatch: Dispatch, connected: Promise<void>): Promise<AnsweredCall | null> {
    const { config, db } = this.#parts;
    const options = {
      db,
      masterKey: config.SLOTLINE_MASTER_KEY,
      providers: config.providers,
      logger: this.#logger,
      roomName: this.#job.roomName,
      takenFrom: this.#job.takenFrom,
      isTurnedAway: this.#job.isTurnedAway,
      holder: this.#job.holder,
      rehearsal: config.SLOTLINE_REHEARSAL,
    };
    if (dispatch.line === 'web') return answerWeb(dispatch.metadata, options);
    return answerPhone(dispatch.metadata, options, { room: this.#job.room, connected });
  }

  /** @returns false where another process has the call, and the room with it */
  async #serve(answered: AnsweredCall, connected: Promise<void>): Promise<boolean> {
    const { room, roomName } = this.#job;
    const { db, config } = this.#parts;
    const { record } = answered.call;
    void record.lost.then(() => this.#leave());
    let recorded: RecordedCall | undefined;
    let talk: Talk | undefined;
    try {
      await connected;
      recorded = await recordCall({ db, config, answered, room });
      talk = new Talk({
        answered,
        room,
        roomName,
        config,
        recording: recorded?.recording,
        end: (end) => this.end(end),
      });
      const ended = this.#ended.promise;
      const begun = talk.begin();
      await Promise.race([begun, ended]);
      const how = await ended;
      await settledWithin(START_DEADLINE, begun);
      return await talk.close(how);
    } catch (error) {
      // Nothing of it is heard any more, and none of its timers ends a later call.
      await talk?.breakOff();
      // A row that stays open counts as a call that goes on.
      const outcome = callOutcome(answered.call, { failed: true, transferred: false });
      const isOurs = await record.finish({ outcome, reason: 'The call broke off.', by: 'fault' });
      if (isOurs) throw error;
      this.#logger.warn({ err: error }, 'the call broke off, and goes on in another process');
      return false;
    } finally {
      await recorded?.end();
    }
  }
}

type Dispatch = ReturnType<typeof parseDispatchMetadata>;

/** How long a caller waited for the agent's line: a phone rings until then. */
function logWhenHeard(room: Room, logger: Logger): void {
  const begun = performance.now();
  room.once(RoomEvent.LocalTrackSubscribed, () => {
    logger.debug({ milliseconds: Math.round(performance.now() - begun) }, 'the agent can be heard');
  });
}
