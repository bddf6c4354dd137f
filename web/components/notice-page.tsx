import type { CallFailure } from '../call/call-failure.ts';
import { failureWords } from './failure-words.ts';
import { SlotLine } from './slot-line.tsx';
import './notice-page.css';

/** The page before it knows its receptionist: a pause while it asks, or why there is none. */
export function NoticePage({
  failure,
  onRetry,
}: {
  failure: CallFailure | null;
  onRetry: () => void;
}) {
  const words = failure && failureWords(failure);
  return (
    <main
      className="notice-page"
      data-state={failure ? 'failed' : 'idle'}
      data-reason={failure?.kind}
      aria-busy={failure === null}
    >
      <SlotLine mode="still" />
      {words ? (
        <div className="notice-page-words" role="alert">
          <h1>{words.title}</h1>
          <p>{words.advice}</p>
          {words.retry && (
            <button type="button" className="button primary" onClick={onRetry}>
              Try again
            </button>
          )}
        </div>
      ) : (
        <h1 className="visually-hidden">Opening the front desk</h1>
      )}
    </main>
  );
}
