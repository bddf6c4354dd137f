import { setTimeout as pause } from 'node:timers/promises';
import { voice } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import { callOutcome } from '../../booking/desk/call-outcome.ts';
import { ToolDesk } from '../../booking/tools/tool-desk.ts';
import { TYPING_TOPIC } from '../../calls/call-view.ts';
import type { CallView } from '../../calls/call-view.ts';
import type { AgentConfig } from '../config.ts';
import type { Line } from '../line/line.ts';
import { servePhone } from '../line/serve-phone.ts';
import type { PhoneService } from '../line/serve-phone.ts';
import { Transfer } from '../line/transfer.ts';
import { takeTypedText } from '../line/typed-text.ts';
import { greeting, sayExactly } from '../model/prompt.ts';
import { endInTime } from './call-length.ts';
import { CallViewPublisher } from './call-view-publisher.ts';
import { CallerPresence } from './caller-presence.ts';
import { SETTLE_DEADLINE } from './deadlines.ts';
import { createReceptionist } from './receptionist.ts';
import { releaseTrack } from './release-track.ts';
import { Replies } from './replies.ts';
import { createSession } from './session.ts';
import type { CallSession } from './session.ts';
import { SilenceWatch } from './silence-watch.ts';
import { snapshotCall } from './snapshot-call.ts';
import { startSession } from './start-session.ts';

/** On its way to a telephone, through jitter buffers, is what was played out here. */
const LAST_WORDS = 600;
const CLOSE_DEADLINE = 1_000;

/** Why a call ended. */
export interface EndOfCall {
  /** For the operator. */
  reason: string;
  failed: boolean;
}

export interface TalkOptions {
  line: Line;
  /** Joined. */
  room: Room;
  roomName: string;
  config: AgentConfig;
  /** Ends the call; of several ends the first counts. */
  end: (end: EndOfCall) => void;
}

/**
 * What is said on one line: the session with the model, the tools, and what watches over caller and
 * clock. It ends only when it is closed; everything that wants an end asks for one.
 */
export class Talk {
  readonly #options: TalkOptions;
  readonly #session: voice.AgentSession;
  readonly #usage: CallSession['usage'];
  readonly #tools: ToolDesk;
  readonly #replies: Replies;
  readonly #receptionist: voice.Agent;
  readonly #view: CallViewPublisher;
  readonly #silence: SilenceWatch;
  readonly #phone: PhoneService | null;
  readonly #transfer: Transfer | null;
  readonly #stops: (() => void)[] = [];
  #state: CallView['state'] = 'talking';

  constructor(options: TalkOptions) {
    const { config, room, roomName } = options;
    const { call, callerName, phone } = options.line;
    const { logger } = call;
    const { transferTo } = call.agent;
    this.#options = options;
    const created = createSession(call, config, (error) => {
      logger.error({ err: error }, 'the model cannot be reached');
      options.end({ reason: 'The voice model cannot be reached.', failed: true });
    });
    this.#session = created.session;
    this.#usage = created.usage;
    this.#view = new CallViewPublisher(
      room,
      () => snapshotCall(call, this.#state, config.SLOTLINE_REHEARSAL),
      logger,
    );
    this.#transfer =
      phone && transferTo !== null
        ? new Transfer({ config, caller: phone, roomName, transferTo, logger })
        : null;
    this.#tools = new ToolDesk({
      call,
      wasTransferred: () => this.#transfer?.isDone ?? false,
      logger,
      onChange: () => this.#view.publish(),
    });
    this.#replies = new Replies(this.#session, logger);
    this.#silence = new SilenceWatch(this.#session, {
      line: phone ? 'phone' : 'web',
      isBusy: () => this.#tools.isBusy || this.#replies.areHeld,
      onGone: this.#hangUp,
    });
    this.#stops.push(() => this.#silence.stop());
    this.#phone =
      phone &&
      servePhone({
        room,
        session: this.#session,
        replies: this.#replies,
        caller: phone,
        secrets: call.record.secrets,
        onPresence: () => this.#silence.present(),
      });
    if (this.#phone) this.#stops.push(this.#phone.stop);
    this.#receptionist = createReceptionist({
      call,
      callerName,
      tools: this.#tools,
      replies: this.#replies,
      expectKeys: this.#phone?.expectKeys ?? null,
      transfer: this.#transfer,
      hangUp: this.#hangUp,
    });
  }

  /** Greets the caller and listens. */
  async begin(): Promise<void> {
    const { room, line, end } = this.#options;
    const { call, phone } = line;
    new CallerPresence(room, phone, (reason) => {
      this.#view.hide();
      this.#hangUp(reason);
    }).watch();
    this.#session.once(voice.AgentSessionEventTypes.Close, ({ reason, error }) => {
      end({ reason: `The session closed: ${reason}.`, failed: error !== null });
    });
    room.on(RoomEvent.DataReceived, (_data, _from, _kind, topic) => {
      if (topic === TYPING_TOPIC) this.#silence.typing();
    });
    this.#stops.push(
      endInTime({
        session: this.#session,
        replies: this.#replies,
        longestCall: call.longestCall,
        logger: call.logger,
        // A key would cut the goodbye short.
        onGoodbye: () => this.#phone?.stop(),
        onHangUp: this.#hangUp,
      }),
    );
    await startSession(this.#session, {
      agent: this.#receptionist,
      room,
      inputOptions: {
        textEnabled: false,
        ...(phone ? { participantIdentity: phone.identity } : {}),
        ...(call.isSilent ? { audioEnabled: false } : {}),
      },
      ...(call.isSilent ? { outputOptions: { audioEnabled: false } } : {}),
    });
    this.#stops.push(
      takeTypedText({
        room,
        replies: this.#replies,
        isCaller: (identity) => phone === null || identity === phone.identity,
        onSign: () => this.#silence.present(),
        onFlood: () => this.#hangUp('The visitor sent more text than anybody types.'),
      }),
    );
    try {
      this.#session.generateReply({ instructions: sayExactly(greeting(call.agent.businessName)) });
    } catch {
      // A caller who hangs up while the session begins closes it. Why the call ended is known already.
      end({ reason: 'The session closed before it began.', failed: true });
    }
    this.#view.publish();
    call.logger.info({ line: call.line }, 'call started');
  }

  /** Hears nothing any more, finishes what was begun, closes the call's row, and falls silent. */
  async close({ reason, failed }: EndOfCall): Promise<void> {
    const { call, phone } = this.#options.line;
    const { room } = this.#options;
    const leftAt = performance.now();
    for (const stop of this.#stops) stop();
    this.#state = failed ? 'failed' : 'ending';
    this.#view.publish();
    await Promise.race([this.#tools.close(), pause(SETTLE_DEADLINE, undefined, { ref: false })]);
    const callers = room.remoteParticipants;
    const isHere = phone ? callers.has(phone.identity) : callers.size > 0;
    await call.tellAfterHangUp(performance.now() - leftAt);
    await call.desk?.release().catch((error: unknown) => {
      call.logger.warn({ err: error }, 'could not give free what was held');
    });
    const transferred = this.#transfer?.isDone ?? false;
    await Promise.all([
      call.record.finish({
        outcome: callOutcome(call, { failed, transferred }),
        reason: transferred ? 'The caller was put through.' : reason,
        usage: this.#usage(),
      }),
      phone && isHere ? pause(LAST_WORDS, undefined, { ref: false }) : null,
    ]);
    call.logger.info({ reason }, 'call ended');
    releaseTrack(room);
    await Promise.race([this.#session.close(), pause(CLOSE_DEADLINE, undefined, { ref: false })]);
  }

  readonly #hangUp = (reason: string): void => {
    this.#options.end({ reason, failed: false });
  };
}
