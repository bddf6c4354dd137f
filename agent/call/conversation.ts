import { sentencesIn } from '../../booking/languages/sentences/sentences-in.ts';
import { toLanguage } from '../../calls/languages.ts';
import { voice } from '@livekit/agents';
import { callOutcome } from '../../booking/desk/call-outcome.ts';
import { ToolDesk } from '../../booking/tools/tool-desk.ts';
import type { EndedBy } from '../../db/values.ts';
import { settledWithin } from '../../runtime/within.ts';
import type { ModelConfig } from '../config.ts';
import type { Transfer } from '../line/transfer.ts';
import { sayExactly } from '../model/prompt.ts';
import { SETTLE_DEADLINE } from './deadlines.ts';
import { Disclosure } from './disclosure.ts';
import { HeardClause } from './heard-clause.ts';
import { Filler } from '../model/filler.ts';
import type { OpenCall } from './open-call.ts';
import { interrupt } from '../model/interrupt.ts';
import type { CallRecording } from '../recording/call-recording.ts';
import { opening, saysItIsRecorded } from './opening.ts';
import { listenAgain } from '../model/listen-again.ts';
import { Replies } from '../model/replies.ts';
import { createSession } from './session.ts';
import { SpokenTruth } from './spoken-truth.ts';

/** Milliseconds for the session to close. */
const CLOSE_DEADLINE = 1_000;
const CALLER_LEFT: string = voice.CloseReason.PARTICIPANT_DISCONNECTED;

/** Why a call ended. */
export interface EndOfCall {
  /** For the operator. */
  reason: string;
  failed: boolean;
  by: EndedBy;
  /** Whether the caller is still there and no model can speak with them. */
  isMute?: boolean;
  /** Whether there is no time to put the caller through to somebody. */
  isHurried?: boolean;
  /** Whether the call goes on in another process: nothing of it is written or said here any more. */
  isElsewhere?: boolean;
}

export interface ConversationOptions {
  call: OpenCall;
  config: ModelConfig;
  /** Null where there is nobody to be put through to. */
  transfer: Transfer | null;
  /** Ends the call; of several ends the first counts. */
  end: (end: EndOfCall) => void;
  /** What a page shows may have changed. */
  onChange: () => void;
  /** The model has been away for longer than a moment; nobody is told unless given. */
  onLost?: () => void;
  /** Absent where the call is not recorded. */
  recording?: Pick<CallRecording, 'begin' | 'isRefused'> | undefined;
}

/**
 * What is said and done in one call, by voice, by phone or by typing: the session with the model, the
 * tools, and how what was begun is settled.
 */
export class Conversation {
  readonly session: voice.AgentSession;
  readonly tools: ToolDesk;
  readonly replies: Replies;
  readonly filler: Filler;
  readonly #call: OpenCall;
  readonly #transfer: Transfer | null;
  readonly #isRecorded: boolean;
  /** What a caller must be told. */
  readonly #clauses: HeardClause[];
  readonly truth: SpokenTruth;

  constructor(options: ConversationOptions) {
    const { call, config, transfer, end, onChange, onLost, recording } = options;
    const { agent, logger, record } = call;
    this.#call = call;
    this.#transfer = transfer;
    const truth = new SpokenTruth(call);
    const giveUp = (error: Error): void => {
      logger.error({ err: error }, 'the model failed: the call cannot go on');
      const reason = `The model failed: ${error.message}`;
      end({ reason, failed: true, by: 'fault', isMute: true });
    };
    const session = createSession(call, config, truth.gate, giveUp, onLost);
    session.once(voice.AgentSessionEventTypes.Close, ({ reason, error }) => {
      const by = reason === CALLER_LEFT ? 'caller' : 'fault';
      const failed = error !== null;
      end({ reason: `The session closed: ${reason}.`, failed, by, isMute: failed });
    });
    this.session = session;
    call.language.onChange((language) => {
      logger.info({ language }, 'the caller speaks another language');
      call.record.language(language);
      onChange();
    });
    this.tools = new ToolDesk({
      call,
      logger,
      onChange,
      wasTransferred: () => this.#isTransferred,
    });
    listenAgain(session);
    this.replies = new Replies(session, logger);
    this.filler = new Filler(session, { language: call.language, logger });
    const { replies } = this;
    truth.follow(session, { replies, interrupt: () => interrupt(session), onGivenUp: giveUp });
    this.truth = truth;
    this.#isRecorded = recording !== undefined;
    this.#clauses = [new Disclosure({ agent, record, replies })];
    if (recording) {
      this.#clauses.push(
        new HeardClause({
          clause: sentencesIn(toLanguage(agent.language)).call.isRecorded,
          says: saysItIsRecorded,
          isWanted: true,
          isOver: () => recording.isRefused,
          kind: 'recording',
          record,
          replies,
          onHeard: () => void recording.begin(),
        }),
      );
    }
    const agentTurns = (call.earlier?.turns ?? []).filter(({ role }) => role === 'agent');
    const heardBefore = agentTurns.map(({ text }) => text);
    for (const clause of this.#clauses) clause.follow(session, heardBefore);
  }

  /** Whether a change is under way, or its answer has not been heard. */
  get isChanging(): boolean {
    return this.replies.areHeld;
  }

  /** Whether the caller waits for us. */
  get isBusy(): boolean {
    return this.tools.isBusy || this.replies.areHeld;
  }

  /** @throws {Error} the session has closed meanwhile */
  greet(): void {
    const { agent, earlier, language } = this.#call;
    const first = earlier
      ? language.sentences.call.backAgain
      : opening(agent, { isRecorded: this.#isRecorded });
    this.session.generateReply({ instructions: sayExactly(first) });
  }

  /**
   * Finishes what was begun, sends word of what came to nothing, gives free what was held, and closes
   * the call's row.
   * @returns false where another process has the call, and it goes on there
   */
  async settle({ reason, failed, by, isElsewhere = false }: EndOfCall): Promise<boolean> {
    const { desk, logger, record, tellAfterHangUp } = this.#call;
    const endedAt = performance.now();
    await settledWithin(SETTLE_DEADLINE, this.tools.close());
    if (isElsewhere) {
      record.release();
      logger.warn({ reason }, 'call left');
      return false;
    }
    await tellAfterHangUp(performance.now() - endedAt);
    for (const clause of this.#clauses) clause.close();
    await desk?.release().catch((error: unknown) => {
      logger.warn({ err: error }, 'could not give free what was held');
    });
    const transferred = this.#isTransferred;
    const isOurs = await record.finish({
      outcome: callOutcome(this.#call, { failed, transferred }),
      reason: transferred ? 'The caller was put through.' : reason,
      by: transferred ? 'transfer' : by,
    });
    logger.info({ reason, speech: this.truth.counts }, 'call ended');
    return isOurs;
  }

  /** Falls silent. */
  async close(): Promise<void> {
    await settledWithin(CLOSE_DEADLINE, this.session.close());
  }

  get #isTransferred(): boolean {
    return this.#transfer?.isDone ?? false;
  }
}
