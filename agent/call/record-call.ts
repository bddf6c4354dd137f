import type { Room } from '@livekit/rtc-node';
import type { CallKey } from '../../db/calls/calls.ts';
import { isRecordingRefused } from '../../db/calls/recordings.ts';
import type { Database } from '../../db/database.ts';
import { settledWithin } from '../../runtime/within.ts';
import type { AgentConfig } from '../config.ts';
import { CallRecording } from '../recording/call-recording.ts';
import { followRoom } from '../recording/follow-room.ts';
import { STOP_RECORDING } from '../tools/stop-recording.ts';
import type { AnsweredCall, OpenCall } from './open-call.ts';

/** Milliseconds for the rest of a recording: a call is not held up by a disk. */
const END_DEADLINE = 3_000;

export interface RecordCallOptions {
  db: Database;
  config: Pick<AgentConfig, 'recordings'>;
  answered: AnsweredCall;
  /** Joined. */
  room: Room;
}

/** A call that is recorded once its caller was told. */
export interface RecordedCall {
  /** Absent where the caller said no, or may have, to an earlier process. */
  recording?: CallRecording;
  /** Writes the rest; never throws. */
  end: () => Promise<void>;
}

/** Makes ready to record a call; undefined where its agent records none, or nobody speaks in it. */
export async function recordCall(options: RecordCallOptions): Promise<RecordedCall | undefined> {
  const { db, config, answered, room } = options;
  const { agent, id: callId, isSilent, logger, record } = answered.call;
  if (!agent.recording || isSilent) return undefined;
  if (!config.recordings) {
    logger.error(
      'the agent records its calls, and no place for recordings is named: set RECORDINGS_…',
    );
    record.mark('recording', { trouble: 'no place is named' });
    return undefined;
  }
  const key = { organizationId: agent.organizationId, callId };
  const recording = new CallRecording({ db, key, spool: config.recordings.spool, logger });
  const end = async (): Promise<void> => {
    await settledWithin(END_DEADLINE, recording.end());
  };
  const refused = await wasRefused(db, key, answered.call);
  // The process that heard it may have died before it was written.
  if (refused === true) void recording.refuse();
  if (refused !== false) return { end };
  const stopFollowing = followRoom(room, answered.phone?.identity ?? null, recording);
  return {
    recording,
    end: () => {
      stopFollowing();
      return end();
    },
  };
}

/** Whether the caller said no to an earlier process; null where nobody can tell. */
async function wasRefused(
  db: Database,
  key: CallKey,
  { earlier, logger }: Pick<OpenCall, 'earlier' | 'logger'>,
): Promise<boolean | null> {
  if (!earlier) return false;
  if (earlier.tools.some(({ name }) => name === STOP_RECORDING)) return true;
  try {
    return await isRecordingRefused(db, key);
  } catch (err) {
    logger.error({ err }, 'nobody can tell whether the caller wants to be recorded: they are not');
    return null;
  }
}
