import { Box } from '@mantine/core';
import { useRef, useState } from 'react';
import { useParams } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { whoCalled } from '../../components/call-words.ts';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { Appointments } from './appointments.tsx';
import { CallButtons } from './call-buttons.tsx';
import classes from './call.module.css';
import { Figures } from './figures.tsx';
import { Recordings } from './recordings.tsx';
import type { Playing, RecordingsHandle } from './recordings.tsx';
import { Story } from './story.tsx';
import type { WholeCall } from './whole-call.ts';

/** Milliseconds between two looks at a call that goes on. */
const EVERY = 3_000;

export function CallPage() {
  const { callId = '' } = useParams();
  const [isOpen, setIsOpen] = useState(false);
  const call = useAnswer('getCall', { params: { callId }, every: isOpen ? EVERY : undefined });
  const goesOn = call.data?.endedAt === null;
  if (goesOn !== isOpen) setIsOpen(goesOn);
  return <Answered of={call}>{(found) => <Shown key={found.id} call={found} />}</Answered>;
}

function Shown({ call }: { call: WholeCall }) {
  const { may } = useOffice();
  const recordings = useRef<RecordingsHandle>(null);
  const [playing, setPlaying] = useState<Playing>(null);
  const hasRecording = may('recordings:read') && call.recordings.some(({ isStored }) => isStored);
  return (
    <>
      <PageHead title={whoCalled(call)} back={{ to: '/office/calls', words: 'Calls' }}>
        <CallButtons call={call} />
      </PageHead>
      <Box className={classes['page'] ?? ''}>
        <div className={classes['main']}>
          <Recordings call={call} onPlaying={setPlaying} ref={recordings} />
          <Story
            call={call}
            playing={playing}
            onSeek={hasRecording ? (at) => recordings.current?.play(at) : null}
          />
        </div>
        <aside className={classes['side']} aria-label="About this call">
          <Figures call={call} />
          <Appointments call={call} />
        </aside>
      </Box>
    </>
  );
}
