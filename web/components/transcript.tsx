import type { TranscriptLine } from '../call/transcript.ts';
import './transcript.css';

/** What both sides said. Not live for screen readers: they hear it. */
export function Transcript({ lines }: { lines: readonly TranscriptLine[] }) {
  return (
    <section className="transcript" aria-labelledby="transcript-title">
      <h2 className="visually-hidden" id="transcript-title">
        Conversation
      </h2>
      {lines.length === 0 ? (
        <p className="transcript-empty">What is said appears here as you talk.</p>
      ) : (
        <ol className="transcript-lines">
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ line }: { line: TranscriptLine }) {
  return (
    <li
      className="transcript-line"
      data-testid="transcript-line"
      data-role={line.role}
      data-final={line.final}
      data-typed={line.typed}
    >
      <span className="transcript-who">{line.role === 'agent' ? 'Receptionist' : 'You'}</span>
      <p data-testid="transcript-text">{line.text}</p>
      {line.undelivered && <span className="transcript-undelivered">Not sent</span>}
    </li>
  );
}
