import { voice } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import { TYPING_TOPIC } from '../../calls/call-view.ts';
import type { CallView } from '../../calls/call-view.ts';
import type { EndedBy } from '../../db/values.ts';
import type { AgentConfig } from '../config.ts';
import type { AnsweredCall } from './open-call.ts';
import { settledWithin } from '../../runtime/within.ts';
import { sayRecorded } from '../prepared/say-recorded.ts';
import type { CallRecording } from '../recording/call-recording.ts';
import { servePhone } from '../line/serve-phone.ts';
import type { PhoneService } from '../line/serve-phone.ts';
import { Transfer } from '../line/transfer.ts';
import { takePageActions } from '../line/page-actions.ts';
import { takeTypedText } from '../line/typed-text.ts';
import { endInTime } from './call-length.ts';
import { CallViewPublisher } from './call-view-publisher.ts';
import { CallerPresence } from './caller-presence.ts';
import { Conversation } from './conversation.ts';
import type { EndOfCall } from './conversation.ts';
import { createReceptionist } from './receptionist.ts';
import { sayLastWords } from './last-words.ts';
import { releaseTrack } from './release-track.ts';
import { SilenceWatch } from './silence-watch.ts';
import { snapshotCall } from './snapshot-call.ts';
import { startSession } from './start-session.ts';
import { untilGone } from './until-gone.ts';
import { isCallerThere, untilHeard } from './until-heard.ts';

const { AgentStateChanged } = voice.AgentSessionEventTypes;

/** Milliseconds: a sentence, a telephone that rings, and another sentence. */
const LAST_WORDS_DEADLINE = 60_000;
/** Milliseconds: a sentence. */
const HURRIED_WORDS_DEADLINE = 9_000;

export interface TalkOptions {
  answered: AnsweredCall;
  /** Joined. */
  room: Room;
  roomName: string;
  config: AgentConfig;
  /** Absent where the call is not recorded. */
  recording?: CallRecording | undefined;
  /** Ends the call; of several ends the first counts. */
  end: (end: EndOfCall) => void;
}

/**
 * What is said in one room: the session with the model, the tools, and what watches over caller and
 * clock. It ends only when it is closed; everything that wants an end asks for one.
 */
export class Talk {
  readonly #options: TalkOptions;
  readonly #conversation: Conversation;
  readonly #receptionist: voice.Agent;
  readonly #view: CallViewPublisher;
  readonly #silence: SilenceWatch;
  readonly #phone: PhoneService | null;
  /** Null where there is nobody to be put through to. */
  readonly #transfer: Transfer | null;
  readonly #stops: (() => void)[] = [];
  #state: CallView['state'] = 'talking';

  constructor(options: TalkOptions) {
    const { config, end, answered, room, recording } = options;
    const { call, callerName, phone } = answered;
    this.#options = options;
    this.#view = new CallViewPublisher(
      room,
      () => snapshotCall(call, this.#state, config.SLOTLINE_REHEARSAL),
      call.logger,
    );
    const transfer = openTransfer(options);
    this.#transfer = transfer;
    const onChange = this.#onChange;
    const onLost = (): void => void this.#sayOneMoment();
    this.#conversation = new Conversation({
      call,
      config,
      transfer,
      end,
      onChange,
      onLost,
      recording,
    });
    const { session, replies, tools, filler } = this.#conversation;
    this.#silence = new SilenceWatch(session, {
      line: phone ? 'phone' : 'web',
      isBusy: () => this.#conversation.isBusy,
      onGone: (reason) => this.#hangUp(reason, 'agent'),
    });
    this.#stops.push(() => this.#silence.stop());
    const onPresence = (): void => this.#silence.present();
    const { secrets } = call.record;
    this.#phone =
      phone && servePhone({ room, session, replies, caller: phone, secrets, onPresence });
    if (this.#phone) this.#stops.push(this.#phone.stop);
    this.#receptionist = createReceptionist({
      call,
      callerName,
      tools,
      replies,
      filler,
      expectKeys: this.#phone?.expectKeys ?? null,
      transfer,
      recording,
      showPage: phone ? null : onChange,
      hangUp: (reason) => this.#hangUp(reason, 'agent'),
    });
  }

  /** Greets the caller and listens. */
  async begin(): Promise<void> {
    const { room, answered, end } = this.#options;
    const { call, phone } = answered;
    const { session, replies } = this.#conversation;
    new CallerPresence(room, phone, (reason, by) => {
      this.#view.hide();
      this.#hangUp(reason, by);
    }).watch();
    room.on(RoomEvent.DataReceived, (_data, _from, _kind, topic) => {
      if (topic === TYPING_TOPIC) this.#silence.typing();
    });
    this.#stops.push(
      endInTime({
        session,
        replies,
        language: call.language,
        longestCall: call.longestCall,
        isBusy: () => this.#conversation.isBusy,
        isBooking: () => (call.desk?.offer ?? null) !== null,
        logger: call.logger,
        // A key would cut the goodbye short.
        onGoodbye: () => this.#phone?.stop(),
        onHangUp: (reason) => this.#hangUp(reason, 'limit'),
      }),
    );
    await startSession(session, {
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
        replies,
        isCaller: (identity) => phone === null || identity === phone.identity,
        onSign: () => this.#silence.present(),
        onFlood: () => this.#hangUp('The visitor sent more text than anybody types.', 'limit'),
      }),
    );
    if (phone === null && call.desk !== null) {
      this.#stops.push(
        takePageActions({
          room,
          desk: call.desk,
          replies,
          isCaller: () => !this.#view.isHidden,
          onSign: () => this.#silence.present(),
          onChange: this.#onChange,
          onFlood: () => this.#hangUp('The visitor’s page did more than any hand does.', 'limit'),
        }),
      );
    }
    try {
      this.#conversation.greet();
    } catch {
      // A caller who hangs up while the session begins closes it. Why the call ended is known already.
      end({ reason: 'The session closed before it began.', failed: true, by: 'caller' });
    }
    this.#view.publish();
    call.logger.info({ line: call.line }, 'call started');
  }

  /**
   * Hears nothing any more, finishes what was begun, closes the call's row, and falls silent.
   * @returns false where another process has the call, and it goes on there
   */
  async close(how: EndOfCall): Promise<boolean> {
    const { answered, room } = this.#options;
    if (how.isElsewhere === true) {
      await this.breakOff();
      return this.#conversation.settle(how);
    }
    for (const stop of this.#stops) stop();
    this.#state = how.failed ? 'failed' : 'ending';
    this.#view.publish();
    if (how.isMute === true) await this.#sayLastWords(how);
    // A goodbye is heard to its end.
    const heard = untilHeard(isCallerThere(room, answered.phone));
    const isOurs = await this.#conversation.settle(how);
    await heard;
    releaseTrack(room);
    await this.#conversation.close();
    return isOurs;
  }

  /** Hears nothing any more and falls silent, at once. */
  async breakOff(): Promise<void> {
    for (const stop of this.#stops) stop();
    releaseTrack(this.#options.room);
    await this.#conversation.close();
  }

  /** No model speaks any more: what must be said comes from a recording. */
  async #sayLastWords({ isHurried = false }: EndOfCall): Promise<void> {
    const { answered, room } = this.#options;
    const { call, phone } = answered;
    const isGone = (): boolean => !isCallerThere(room, phone);
    if (isGone()) return;
    const gone = untilGone(room, isGone);
    // Whatever it was saying ends here.
    releaseTrack(room);
    const silenced = this.#conversation.close();
    const { isChanging } = this.#conversation;
    const said = sayLastWords({
      call,
      isChanging,
      transfer: isHurried ? null : this.#transfer,
      say: (name) => sayRecorded(room, { name, language: call.language.now }, gone),
    }).catch((error: unknown) => call.logger.error({ err: error }, 'could not say the last words'));
    const deadline = isHurried ? HURRIED_WORDS_DEADLINE : LAST_WORDS_DEADLINE;
    await settledWithin(deadline, Promise.all([said, silenced]));
  }

  readonly #onChange = (): void => this.#view.publish();

  /** The model is away, and cannot say so itself; once it speaks again, nothing stands in its way. */
  async #sayOneMoment(): Promise<void> {
    const { answered, room } = this.#options;
    const { call, phone } = answered;
    const { session } = this.#conversation;
    const isHeard = session.agentState === 'speaking' || call.isSilent;
    if (this.#state !== 'talking' || isHeard || !isCallerThere(room, phone)) return;
    const { promise: spoke, resolve } = Promise.withResolvers<void>();
    session.on(AgentStateChanged, ({ newState }) => {
      if (newState === 'speaking') resolve();
    });
    await sayRecorded(room, { name: 'one-moment', language: call.language.now }, spoke).catch(
      (error: unknown) => call.logger.warn({ err: error }, 'could not say that it takes a moment'),
    );
  }

  readonly #hangUp = (reason: string, by: EndedBy): void => {
    this.#options.end({ reason, failed: false, by });
  };
}

/** Null where there is nobody to be put through to. */
function openTransfer({ config, answered, roomName }: TalkOptions): Transfer | null {
  const { agent, logger } = answered.call;
  const { transferTo } = agent;
  if (!answered.phone || transferTo === null) return null;
  return new Transfer({ config, caller: answered.phone, roomName, transferTo, logger });
}
