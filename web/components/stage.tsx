import { useAudioLevels, type ReadLevels } from '../audio/use-audio-levels.ts';
import type { CallSnapshot, CallState } from '../call/call-snapshot.ts';
import { SLOT_LINE_BANDS, SlotLine, type DayMark, type SlotLineProps } from './slot-line.tsx';
import { stateHint, stateWord } from './state-words.ts';
import './stage.css';

/** Who is on the line, what they are doing, and the day they are talking about. */
export function Stage({
  businessName,
  rehearsal,
  state,
  snapshot,
  levels,
}: {
  businessName: string;
  rehearsal: boolean;
  state: CallState;
  snapshot: CallSnapshot;
  /** For showing the stage without sound; measured from the tracks otherwise. */
  levels?: { agent: ReadLevels; caller: ReadLevels };
}) {
  const agent = useAudioLevels(snapshot.agentTrack, SLOT_LINE_BANDS);
  const caller = useAudioLevels(
    snapshot.microphone === 'on' ? snapshot.microphoneTrack : null,
    SLOT_LINE_BANDS,
  );
  const hint = stateHint(state, snapshot);
  return (
    <header className="stage">
      <div className="stage-name">
        <h1>{businessName}</h1>
        {rehearsal && (
          <p className="stage-rehearsal" data-testid="rehearsal">
            <strong>This is a rehearsal.</strong>
            <span> The voice is simulated and talks about appointments only.</span>
          </p>
        )}
      </div>
      <SlotLine
        mode={lineMode(state)}
        agentLevels={levels?.agent ?? agent}
        callerLevels={levels?.caller ?? caller}
        marks={dayMarks(snapshot)}
      />
      <div className="stage-state" data-testid="call-state">
        <p className="stage-word" data-state={snapshot.reconnecting ? 'connecting' : state}>
          {stateWord(state, snapshot)}
        </p>
        <p className="stage-hint">{hint}</p>
      </div>
    </header>
  );
}

function lineMode(state: CallState): SlotLineProps['mode'] {
  switch (state) {
    case 'connecting':
      return 'calling';
    case 'thinking':
      return 'thinking';
    case 'listening':
    case 'speaking':
      return 'open';
    default:
      return 'still';
  }
}

/** Where the server says that the times lie in their day: what is on offer, else what was booked. */
function dayMarks({ view }: CallSnapshot): DayMark[] {
  if (view?.offer) return view.offer.slots;
  return view?.appointment ? [{ minute: view.appointment.minute, isChosen: true }] : [];
}
