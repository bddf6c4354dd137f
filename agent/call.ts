import { voice } from '@livekit/agents';
import type { JobContext } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import type { Logger } from 'pino';
import { parseCallMetadata } from '../booking/call-metadata.ts';
import type { CallMetadata } from '../booking/call-metadata.ts';
import type { CallView } from '../booking/call-view.ts';
import type { Database } from '../db/database.ts';
import { parseMasterKey } from '../db/sealed-credential.ts';
import { apologise } from './apology.ts';
import { callOutcome } from './call-outcome.ts';
import { CallViewPublisher } from './call-view-publisher.ts';
import type { AgentConfig } from './config.ts';
import { createConversation } from './conversation.ts';
import { openCall } from './open-call.ts';
import type { OpenCall } from './open-call.ts';
import { greeting, sayExactly } from './prompt.ts';
import { watchSilence } from './silence-watch.ts';

/** Longer than a booking's own deadlines: a booking that was begun is finished after a hang-up. */
const SETTLE_DEADLINE = 25_000;
const NOBODY_CAME = 20_000;

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
  const connected = context.connect();
  try {
    const metadata = parseCallMetadata(context.job.metadata);
    const [call] = await Promise.all([
      openCall({
        db: parts.db,
        masterKey: parseMasterKey(parts.config.SLOTLINE_MASTER_KEY),
        calcomBaseUrl: parts.config.CALCOM_BASE_URL,
        logger,
        metadata,
        line: 'web',
        roomName: context.job.room?.name ?? '',
        rehearsal: parts.config.SLOTLINE_REHEARSAL,
      }),
      connected,
    ]);
    await converse(context, parts.config, call, metadata);
  } catch (error) {
    logger.error({ err: error }, 'the call cannot be served');
    await connected
      .then(() => apologise(context.room, parts.config))
      .catch((cause: unknown) => logger.error({ err: cause }, 'could not even apologise'));
  }
  await context.deleteRoom().catch(() => {});
  await parts.db.destroy();
  context.shutdown('The call has ended.');
}

async function converse(
  context: JobContext<CallParts>,
  config: AgentConfig,
  call: OpenCall,
  metadata: CallMetadata,
): Promise<void> {
  const { promise: ended, resolve: end } = Promise.withResolvers<EndOfCall>();
  const hangUp = (reason: string): void => end({ reason, failed: false });
  let state: CallView['state'] = 'talking';
  const view = new CallViewPublisher(
    context.room,
    () => callView(call, state, config.SLOTLINE_REHEARSAL),
    call.logger,
  );
  const conversation = createConversation({
    call,
    callerName: metadata.caller.name ?? null,
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
      outcome: callOutcome(call.desk, failed),
      reason,
      usage: conversation.usage(),
    });
  endWithTheCaller(context.room, hangUp);
  session.once(voice.AgentSessionEventTypes.Close, ({ reason, error }) => {
    end({ reason: `The session closed: ${reason}.`, failed: error !== null });
  });
  // The worker is stopping: the call's row is closed before the process goes.
  context.addShutdownCallback(() => {
    end({ reason: 'The worker stopped.', failed: true });
    return finish('The worker stopped.', true);
  });

  await session.start({ agent: conversation.receptionist, room: context.room, record: false });
  session.generateReply({ instructions: sayExactly(greeting(call.agent.businessName)) });
  view.publish();
  const stopWatching = watchSilence(session, hangUp);
  call.logger.info('call started');

  const { reason, failed } = await ended;
  stopWatching();
  state = failed ? 'failed' : 'ending';
  view.publish();
  await Promise.race([conversation.tools.settled(), late(SETTLE_DEADLINE)]);
  await call.desk?.release();
  await finish(reason, failed);
  call.logger.info({ reason }, 'call ended');
  await Promise.race([session.close(), late(1_000)]);
}

/** Ends the call when its caller leaves, whatever the reason, or never comes. */
function endWithTheCaller(room: Room, hangUp: (reason: string) => void): void {
  const nobody = setTimeout(() => {
    if (room.remoteParticipants.size === 0) hangUp('Nobody came.');
  }, NOBODY_CAME);
  room.on(RoomEvent.ParticipantDisconnected, () => {
    if (room.remoteParticipants.size > 0) return;
    clearTimeout(nobody);
    hangUp('The caller hung up.');
  });
  room.on(RoomEvent.Disconnected, () => hangUp('The room was closed.'));
}

function callView(call: OpenCall, state: CallView['state'], rehearsal: boolean): CallView {
  const made = call.desk?.appointment ?? null;
  return {
    v: 1,
    businessName: call.agent.businessName,
    rehearsal,
    state,
    timeZone: call.timeZone,
    offer: call.desk?.offer ?? null,
    appointment: made && {
      status: made.status,
      label: made.label,
      start: made.start,
      end: made.end,
      timeZone: made.timeZone,
      attendee: made.attendee,
    },
  };
}

function late(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
