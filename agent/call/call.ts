import { voice } from '@livekit/agents';
import type { JobContext } from '@livekit/agents';
import { ParticipantKind, RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import type { Logger } from 'pino';
import { parseDispatchMetadata } from '../../calls/call-metadata.ts';
import { TYPING_TOPIC } from '../../calls/call-view.ts';
import type { CallView } from '../../calls/call-view.ts';
import type { Database } from '../../db/database.ts';
import { apologise } from './apology.ts';
import { endInTime } from './call-length.ts';
import { callOutcome } from './call-outcome.ts';
import { CallRefusedError } from '../../calls/call-refused-error.ts';
import { CallViewPublisher } from './call-view-publisher.ts';
import { endWithTheCaller } from './caller-presence.ts';
import type { AgentConfig } from '../config.ts';
import { createConversation } from './conversation.ts';
import type { Line } from '../line/line.ts';
import { openPhoneLine } from '../line/phone-line.ts';
import { greeting, sayExactly } from '../model/prompt.ts';
import { releaseTrack } from './release-track.ts';
import { servePhone } from '../line/serve-phone.ts';
import type { PhoneService } from '../line/serve-phone.ts';
import { watchSilence } from './silence-watch.ts';
import type { SilenceWatch } from './silence-watch.ts';
import { snapshotCall } from './snapshot-call.ts';
import { startSession } from './start-session.ts';
import { Transfer } from '../line/transfer.ts';
import { takeTypedText } from '../line/typed-text.ts';
import { openWebLine } from '../line/web-line.ts';

/** Longer than a booking's own deadlines: a booking that was begun is finished after a hang-up. */
const SETTLE_DEADLINE = 25_000;
/** On its way to a telephone, through jitter buffers, is what was played out here. */
const LAST_WORDS = 600;

/** What a job process makes once, before its only call. */
export interface CallParts {
  config: AgentConfig;
  db: Database;
  logger: Logger;
}

interface EndOfCall {
  reason: string;
  failed: boolean;
}

/**
 * One call's life, from the dispatch to the end of the job. Never throws: what goes wrong is
 * logged, the caller hears an apology, and the room is closed.
 */
export async function handleCall(context: JobContext<CallParts>, parts: CallParts): Promise<void> {
  const logger = parts.logger.child({ jobId: context.job.id });
  logWhenHeard(context.room, logger);
  const connected = context.connect();
  // Whoever waits for it hears of it.
  connected.catch(() => {});
  const apology: Parameters<typeof apologise>[2] = { sentence: null };
  try {
    const dispatch = parseDispatchMetadata(context.job.metadata);
    const options = {
      db: parts.db,
      masterKey: parts.config.SLOTLINE_MASTER_KEY,
      providers: parts.config.providers,
      logger,
      roomName: context.job.room?.name ?? '',
      rehearsal: parts.config.SLOTLINE_REHEARSAL,
    };
    if (dispatch.line === 'phone') apology.kinds = [ParticipantKind.SIP];
    const line =
      dispatch.line === 'phone'
        ? await openPhoneLine(dispatch.metadata, options, { room: context.room, connected })
        : await openWebLine(dispatch.metadata, options);
    if (line) await converseOrClose(context, parts.config, line, connected);
    else logger.warn('a phone call was announced, and no phone line came');
  } catch (error) {
    logger.error({ err: error }, 'the call cannot be served');
    if (error instanceof CallRefusedError) apology.sentence = error.sentence;
    await connected
      .then(() => apologise(context.room, parts.config, apology))
      .catch((cause: unknown) => logger.error({ err: cause }, 'could not even apologise'));
  }
  await context.deleteRoom().catch(() => {});
  await parts.db.destroy();
  context.shutdown('The call has ended.');
}

/** A call that breaks off is closed, too: a row that stays open counts as a call that goes on. */
async function converseOrClose(
  context: JobContext<CallParts>,
  config: AgentConfig,
  line: Line,
  connected: Promise<void>,
): Promise<void> {
  try {
    await connected;
    await converse(context, config, line);
  } catch (error) {
    await line.call.record.finish({ outcome: 'failed', reason: 'The call broke off.', usage: {} });
    throw error;
  }
}

async function converse(
  context: JobContext<CallParts>,
  config: AgentConfig,
  { call, callerName, phone }: Line,
): Promise<void> {
  const { promise: ended, resolve: end } = Promise.withResolvers<EndOfCall>();
  const hangUp = (reason: string): void => end({ reason, failed: false });
  let state: CallView['state'] = 'talking';
  const view = new CallViewPublisher(
    context.room,
    () => snapshotCall(call, state, config.SLOTLINE_REHEARSAL),
    call.logger,
  );
  const { transferTo } = call.agent;
  const transfer =
    phone && transferTo !== null
      ? new Transfer({ config, phone, transferTo, logger: call.logger })
      : null;
  let service: PhoneService | null = null;
  let silence: SilenceWatch | null = null;
  const conversation = createConversation({
    call,
    callerName,
    onExpectKeys: phone && ((expected) => service?.expectKeys(expected)),
    transfer,
    config,
    onChange: () => view.publish(),
    onHangUp: hangUp,
    onFailure: (error) => {
      call.logger.error({ err: error }, 'the model cannot be reached');
      end({ reason: 'The voice model cannot be reached.', failed: true });
    },
  });
  const { session } = conversation;
  const finish = (reason: string, failed: boolean): Promise<void> =>
    call.record.finish({
      outcome: callOutcome(call, { failed, transferred: transfer?.isDone ?? false }),
      reason,
      usage: conversation.usage(),
    });
  endWithTheCaller(context.room, phone?.caller ?? null, hangUp);
  session.once(voice.AgentSessionEventTypes.Close, ({ reason, error }) => {
    end({ reason: `The session closed: ${reason}.`, failed: error !== null });
  });
  // The worker is stopping: the call's row is closed before the process goes.
  context.addShutdownCallback(() => {
    end({ reason: 'The worker stopped.', failed: true });
    return finish('The worker stopped.', true);
  });

  await startSession(session, {
    agent: conversation.receptionist,
    room: context.room,
    inputOptions: {
      textInputCallback: takeTypedText(() => silence?.present()),
      ...(phone ? { participantIdentity: phone.caller.identity } : {}),
    },
  });
  try {
    session.generateReply({ instructions: sayExactly(greeting(call.agent.businessName)) });
  } catch {
    // Whoever hangs up while the session begins closes it. Why the call ended is known already.
    end({ reason: 'The session closed before it began.', failed: true });
  }
  view.publish();
  silence = watchSilence(session, {
    line: phone ? 'phone' : 'web',
    isBusy: () => conversation.tools.isBusy,
    onGone: hangUp,
  });
  context.room.on(RoomEvent.DataReceived, (_data, _from, _kind, topic) => {
    if (topic === TYPING_TOPIC) silence?.present();
  });
  if (phone) {
    service = servePhone({
      room: context.room,
      session,
      phone,
      secrets: call.record.secrets,
      logger: call.logger,
      onPresence: silence.present,
    });
  }
  const stopClock = endInTime({
    session,
    longestCall: call.longestCall,
    logger: call.logger,
    // A key would cut the goodbye short.
    onGoodbye: () => service?.stop(),
    onHangUp: hangUp,
  });
  call.logger.info({ line: call.line }, 'call started');

  const { reason, failed } = await ended;
  const leftAt = performance.now();
  silence.stop();
  stopClock();
  service?.stop();
  state = failed ? 'failed' : 'ending';
  view.publish();
  await Promise.race([conversation.tools.close(), late(SETTLE_DEADLINE)]);
  const callers = context.room.remoteParticipants;
  const isHere = phone ? callers.has(phone.caller.identity) : callers.size > 0;
  await call.tellAfterHangUp(performance.now() - leftAt);
  await call.desk?.release();
  await Promise.all([
    finish(transfer?.isDone ? 'The caller was put through.' : reason, failed),
    phone && isHere ? late(LAST_WORDS) : null,
  ]);
  call.logger.info({ reason }, 'call ended');
  releaseTrack(context.room);
  await Promise.race([session.close(), late(1_000)]);
}

/** How long a caller waited for the agent's line: a phone rings until then. */
function logWhenHeard(room: Room, logger: Logger): void {
  const begun = performance.now();
  room.once(RoomEvent.LocalTrackSubscribed, () => {
    logger.debug({ milliseconds: Math.round(performance.now() - begun) }, 'the agent can be heard');
  });
}

function late(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
