import { Alert, Paper, Text, Title } from '@mantine/core';
import { useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { useOffice } from '../../office.ts';
import { Player } from './player.tsx';
import type { WholeCall } from './whole-call.ts';

/** The instant that is heard, in milliseconds; null: nothing is played. */
export type Playing = number | null;
/** Plays from an instant on. */
export type Seek = (at: string) => void;

/** What whoever shows a recording can have it do. */
export interface RecordingsHandle {
  play: Seek;
}

interface RecordingsProps {
  call: WholeCall;
  onPlaying: (playing: Playing) => void;
  ref: Ref<RecordingsHandle>;
}

/** The recording of a call, drawn; a call that another process took over has several parts. */
export function Recordings({ call, onPlaying, ref }: RecordingsProps) {
  const { may } = useOffice();
  const players = useRef(new Map<number, Seek>());
  const { recording, recordings } = call;
  useImperativeHandle(
    ref,
    () => ({
      play(at) {
        const part = recordings.findLast(({ startedAt }) => startedAt <= at) ?? recordings[0];
        if (part) players.current.get(part.part)?.(at);
      },
    }),
    [recordings],
  );
  if (recording === null || !may('recordings:read')) return null;
  if (recording === 'refused') {
    return <Text c="dimmed">The caller did not want to be recorded, and nothing is kept.</Text>;
  }
  if (recordings.length === 0) return <Text c="dimmed">The recording is deleted.</Text>;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="recording">
      <Title order={2} fz="lg" id="recording" mb="xs">
        Recording
      </Title>
      {recordings.map(({ part, incomplete, isStored }) => (
        <div key={part}>
          {incomplete !== null && (
            <Alert color="orange" mb="xs">
              A part is missing: {incomplete}
            </Alert>
          )}
          {isStored ? (
            <Part
              callId={call.id}
              part={part}
              onPlaying={onPlaying}
              onReady={(play) => players.current.set(part, play)}
            />
          ) : (
            <Text c="dimmed">It is stored within a minute of the end of the call.</Text>
          )}
        </div>
      ))}
    </Paper>
  );
}

interface PartProps {
  callId: string;
  part: number;
  onPlaying: (playing: Playing) => void;
  onReady: (play: Seek) => void;
}

function Part({ callId, part, onPlaying, onReady }: PartProps) {
  const { organization } = useOffice();
  const params = { callId, part: String(part) };
  const peaks = useAnswer('getRecordingPeaks', { params });
  const address = `/api/v1/organizations/${organization.id}/calls/${callId}/recordings/${part}`;
  return (
    <Answered of={peaks}>
      {(drawn) => (
        <Player address={address} drawn={drawn} onPlaying={onPlaying} onReady={onReady} />
      )}
    </Answered>
  );
}
