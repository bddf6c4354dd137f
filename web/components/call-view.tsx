import { useEffect, useRef } from 'react';

import type { ReadLevels } from '../audio/use-audio-levels.ts';
import type { Call } from '../call/call.ts';
import type { CallSnapshot, CallState } from '../call/call-snapshot.ts';
import { isMicrophoneProblem } from '../call/microphone-problem.ts';
import type { AgentInfo } from '../token-server.ts';
import { Announcer } from './announcer.tsx';
import { announcement } from './announcement.ts';
import { ConnectingPanel } from './connecting-panel.tsx';
import { Conversation } from './conversation.tsx';
import { EndPanel } from './end-panel.tsx';
import { MicrophoneHelp } from './microphone-help.tsx';
import { Stage } from './stage.tsx';
import { StartPanel } from './start-panel.tsx';
import './call-view.css';

export interface CallViewProps {
  agent: AgentInfo;
  snapshot: CallSnapshot;
  state: CallState;
  call: Call;
  /** For showing the page without sound. */
  levels?: { agent: ReadLevels; caller: ReadLevels };
}

/** The whole page of a call, drawn from one snapshot of it. */
export function CallView({ agent, snapshot, state, call, levels }: CallViewProps) {
  const businessName = snapshot.view?.businessName ?? agent.businessName;
  const rehearsal = [snapshot.view, snapshot.agent, agent].some((said) => said?.rehearsal);
  const panel = useRef<HTMLDivElement>(null);
  const shownPhase = useRef(snapshot.phase);

  // The button that was pressed is gone after a change of phase: keyboard and screen reader go
  // on at the new panel instead of at the top of the page.
  useEffect(() => {
    if (shownPhase.current === snapshot.phase) return;
    shownPhase.current = snapshot.phase;
    panel.current?.focus({ preventScroll: true });
  }, [snapshot.phase]);

  return (
    <main className="call" data-state={state} data-phase={snapshot.phase}>
      <Stage
        businessName={businessName}
        rehearsal={rehearsal}
        state={state}
        snapshot={snapshot}
        {...(levels && { levels })}
      />
      <div className="call-panel" ref={panel} tabIndex={-1}>
        <Panel businessName={businessName} snapshot={snapshot} call={call} />
      </div>
      <Announcer message={announcement(state, snapshot)} />
    </main>
  );
}

function Panel({
  businessName,
  snapshot,
  call,
}: {
  businessName: string;
  snapshot: CallSnapshot;
  call: Call;
}) {
  const speak = () => void call.start({ microphone: true });
  const type = () => void call.start({ microphone: false });
  switch (snapshot.phase) {
    case 'idle':
      return isMicrophoneProblem(snapshot.microphone) ? (
        <MicrophoneHelp problem={snapshot.microphone} onRetry={speak} onType={type} />
      ) : (
        <StartPanel businessName={businessName} onSpeak={speak} onType={type} />
      );
    case 'connecting':
      return (
        <ConnectingPanel
          businessName={businessName}
          asking={snapshot.microphone === 'asking'}
          onHangUp={call.hangUp}
        />
      );
    case 'live':
      return <Conversation businessName={businessName} snapshot={snapshot} call={call} />;
    case 'ended':
    case 'failed':
      return (
        <EndPanel businessName={businessName} snapshot={snapshot} onSpeak={speak} onType={type} />
      );
  }
}
