import { RoomAudioRenderer } from '@livekit/components-react';

import { callState } from '../call/call-snapshot.ts';
import { useCall } from '../call/use-call.ts';
import type { AgentInfo, TokenServer } from '../token-server.ts';
import { CallView } from './call-view.tsx';

export interface CallPageProps {
  agent: AgentInfo;
  tokenServer: TokenServer;
}

/** One receptionist's page: the call, and its sound. */
export function CallPage({ agent, tokenServer }: CallPageProps) {
  return <CallDisplay agent={agent} {...useCall(agent.slug, tokenServer)} />;
}

/** The same of a call that is followed from outside. */
export function CallDisplay({
  agent,
  call,
  snapshot,
}: Pick<CallPageProps, 'agent'> & ReturnType<typeof useCall>) {
  return (
    <>
      <CallView agent={agent} snapshot={snapshot} state={callState(snapshot)} call={call} />
      {snapshot.room && <RoomAudioRenderer room={snapshot.room} />}
    </>
  );
}
