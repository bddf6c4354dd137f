import type { Room } from '@livekit/rtc-node';
import type { Database } from '../../db/database.ts';
import { settledWithin } from '../../runtime/within.ts';
import type { AgentConfig } from '../config.ts';
import { CallRecording } from '../recording/call-recording.ts';
import { followRoom } from '../recording/follow-room.ts';
import type { AnsweredCall } from './open-call.ts';

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
  recording: CallRecording;
  /** Writes the rest; never throws. */
  end: () => Promise<void>;
}

/** Makes ready to record a call; undefined where its agent records none, or nobody speaks in it. */
export function recordCall(options: RecordCallOptions): RecordedCall | undefined {
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
  const stopFollowing = followRoom(room, answered.phone?.identity ?? null, recording);
  return {
    recording,
    end: async () => {
      stopFollowing();
      await settledWithin(END_DEADLINE, recording.end());
    },
  };
}
