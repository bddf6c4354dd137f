import { useId } from 'react';

import './text-field.css';

/** A labelled line of text; beneath it what there is to say of it, or what is wrong with it. */
export function TextField({
  label,
  name,
  type = 'text',
  autoComplete,
  value,
  note,
  problem,
  onChange,
}: {
  label: string;
  name: string;
  type?: 'text' | 'email' | 'tel';
  autoComplete: string;
  value: string;
  note: string | undefined;
  problem: string | undefined;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className="text-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={(problem ?? note) === undefined ? undefined : noteId}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem !== undefined ? (
        <p className="text-field-problem" id={noteId} role="alert">
          {problem}
        </p>
      ) : (
        note !== undefined && (
          <p className="text-field-note" id={noteId}>
            {note}
          </p>
        )
      )}
    </div>
  );
}
