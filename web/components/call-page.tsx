import { RoomAudioRenderer } from '@livekit/components-react';

import { callState } from '../call/call-snapshot.ts';
import { useCall } from '../call/use-call.ts';
import type { AgentInfo, TokenServer } from '../token-server.ts';
import { CallView } from './call-view.tsx';

/** One receptionist's page: the call, and its sound. */
export function CallPage({ agent, tokenServer }: { agent: AgentInfo; tokenServer: TokenServer }) {
  const { call, snapshot } = useCall(agent.slug, tokenServer);
  return (
    <>
      <CallView agent={agent} snapshot={snapshot} state={callState(snapshot)} call={call} />
      {snapshot.room && <RoomAudioRenderer room={snapshot.room} />}
    </>
  );
}
