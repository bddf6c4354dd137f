import { useId } from 'react';

import './text-field.css';

/** A labelled line of text with its problem, if any, beneath. */
export function TextField({
  label,
  name,
  type = 'text',
  autoComplete,
  value,
  problem,
  onChange,
}: {
  label: string;
  name: string;
  type?: 'text' | 'email';
  autoComplete: string;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className="text-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        value={value}
        required
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem !== undefined && (
        <p className="text-field-problem" id={problemId} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
