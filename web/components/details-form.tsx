import { useRef, useState, type MouseEvent, type SubmitEvent } from 'react';

import type { CallerDetail, PageAnswer } from '../../calls/call-view.ts';
import { Icon } from './icon.tsx';
import { TextField } from './text-field.tsx';
import './card.css';
import './details-form.css';

type Field = CallerDetail['field'];
export type GivenDetails = Partial<Record<Field, string>>;

/** What the visitor typed into a field; it stands until the call knows something else of it. */
interface Draft {
  text: string;
  /** What the call knew when it was sent; null while it was not. */
  sentOver: string | null;
}

const INPUTS = {
  name: { label: 'Name', type: 'text', autoComplete: 'name' },
  email: { label: 'E-mail', type: 'email', autoComplete: 'email' },
  phone: { label: 'Phone, with country code', type: 'tel', autoComplete: 'tel' },
} as const;

const NOTES = {
  heard: 'As heard. Please check it.',
  confirmed: 'Read back and confirmed.',
  typed: 'As you typed it.',
} as const;

/** Milliseconds for which a second press is the same one. */
const TWICE_MS = 1500;
const NOT_SENT = 'That did not get through. Please send it again.';
const CHANGED = 'Something has changed meanwhile. Please check it, and book again.';

/** Who the appointment is for: the agent fills it in as it hears it, and the visitor may type. */
export function DetailsForm({
  details,
  onGive,
  onBook,
}: {
  details: readonly CallerDetail[];
  onGive: (given: GivenDetails) => Promise<PageAnswer | null>;
  /** Null while no time is chosen. */
  onBook: ((shown: GivenDetails) => Promise<PageAnswer | null>) | null;
}) {
  const [drafts, setDrafts] = useState<Partial<Record<Field, Draft>>>({});
  const [problems, setProblems] = useState<GivenDetails>({});
  const [failure, setFailure] = useState<string | null>(null);
  const pressedAt = useRef(-Infinity);

  const shown = details.map((detail) => {
    const draft = drafts[detail.field];
    const isOver = !draft || (draft.sentOver !== null && draft.sentOver !== keyOf(detail));
    return {
      ...detail,
      text: isOver ? (detail.value ?? '') : draft.text,
      isNew: !isOver && draft.sentOver === null && draft.text.trim() !== (detail.value ?? ''),
    };
  });
  const unsent = shown.filter(({ isNew, text }) => isNew && text.trim() !== '');
  const heard = shown.filter(({ state, isNew }) => state === 'heard' && !isNew);
  const isKnown = (field: Field) => shown.some((one) => one.field === field && one.value !== null);
  const isComplete = isKnown('name') && (isKnown('email') || isKnown('phone'));
  const isReady = isComplete && shown.every(({ isNew, likely }) => !isNew && likely === null);
  const isSettled = isReady && heard.length === 0 && !onBook;

  async function give(given: GivenDetails): Promise<void> {
    const sent = details.filter(({ field }) => given[field] !== undefined);
    setFailure(null);
    setProblems({});
    const answer = await onGive(given);
    if (answer === null) setFailure(NOT_SENT);
    if (answer?.status === 'refused') setProblems(answer.problems);
    if (answer?.status !== 'done') return;
    const settled = sent.map((detail): [Field, Draft] => [
      detail.field,
      { text: given[detail.field] ?? '', sentOver: keyOf(detail) },
    ]);
    setDrafts((now) => ({ ...now, ...Object.fromEntries(settled) }));
  }

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    pressedAt.current = event.timeStamp;
    // What was heard and is not corrected is right: the visitor has read it.
    const given = [...unsent, ...heard];
    if (given.length === 0) {
      [...event.currentTarget.querySelectorAll('input')].find(({ value }) => value === '')?.focus();
      return;
    }
    await give(textsOf(given));
  }

  /** Nobody books by pressing twice what sends their details. */
  async function agree(event: MouseEvent): Promise<void> {
    const isSame = event.timeStamp - pressedAt.current < TWICE_MS;
    if (!onBook || isSame) return;
    pressedAt.current = event.timeStamp;
    setFailure(null);
    const answer = await onBook(textsOf(shown));
    if (answer === null) setFailure(NOT_SENT);
    if (answer?.status === 'not-offered') setFailure(CHANGED);
  }

  function change(field: Field, text: string): void {
    setDrafts({ ...drafts, [field]: { text, sentOver: null } });
    // Said once, a problem goes away with the first key; it comes back with the next attempt.
    setProblems({ ...problems, [field]: undefined });
  }

  const isOnlyHeard = unsent.length === 0 && heard.length > 0;
  return (
    <form
      className="card details-form"
      aria-labelledby="details-title"
      data-testid="details-form"
      noValidate
      onSubmit={(event) => void submit(event)}
    >
      <h2 className="card-title" id="details-title">
        Your details
      </h2>
      <p className="card-note">Say them or type them.</p>
      {shown.map(({ field, text, isNew, state, likely }) => (
        <div key={field} className="details-field" data-state={isNew ? 'new' : state}>
          <TextField
            {...INPUTS[field]}
            name={field}
            value={text}
            note={isNew || state === null || likely !== null ? undefined : NOTES[state]}
            problem={problems[field]}
            onChange={(value) => change(field, value)}
          />
          {likely !== null && !isNew && (
            <Likely
              likely={likely}
              value={text}
              onChoose={(value) => void give({ [field]: value })}
            />
          )}
        </div>
      ))}
      {failure !== null && (
        <p className="text-field-problem" role="alert">
          {failure}
        </p>
      )}
      <button
        type={isReady && onBook ? 'button' : 'submit'}
        className={isSettled ? 'button' : 'button primary'}
        onClick={(event) => isReady && void agree(event)}
        aria-disabled={isSettled}
      >
        {isSettled && <Icon name="check" />}
        {isReady && onBook
          ? 'Book it'
          : isSettled
            ? 'Noted'
            : isOnlyHeard
              ? 'That is right'
              : 'Send my details'}
      </button>
    </form>
  );
}

/** An address that looks like a slip: the one that was probably meant, or it is really so. */
function Likely({
  likely,
  value,
  onChoose,
}: {
  likely: string;
  value: string;
  onChoose: (value: string) => void;
}) {
  return (
    <div className="details-likely">
      <p aria-live="polite">
        Did you mean <strong>{likely}</strong>?
      </p>
      <button type="button" className="link" onClick={() => onChoose(likely)}>
        Yes, use that
      </button>
      <button type="button" className="link" onClick={() => onChoose(value)}>
        No, keep mine
      </button>
    </div>
  );
}

/** What stands in the fields; one that is empty says nothing. */
function textsOf(fields: readonly { field: Field; text: string }[]): GivenDetails {
  const written = fields.map(({ field, text }) => [field, text.trim()]);
  return Object.fromEntries(written.filter(([, text]) => text !== '')) as GivenDetails;
}

function keyOf({ value, state, likely }: CallerDetail): string {
  return JSON.stringify([value, state, likely]);
}
