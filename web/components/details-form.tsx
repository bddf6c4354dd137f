import { useRef, useState, type SubmitEvent } from 'react';

import {
  checkDetails,
  type DetailsProblems,
  type VisitorDetails,
} from '../call/visitor-details.ts';
import { Icon } from './icon.tsx';
import { TextField } from './text-field.tsx';
import './card.css';
import './details-form.css';

/** Name and e-mail in writing, where spelling aloud is a nuisance. */
export function DetailsForm({ onSend }: { onSend: (details: VisitorDetails) => Promise<boolean> }) {
  const [fields, setFields] = useState<VisitorDetails>({ name: '', email: '' });
  const [problems, setProblems] = useState<DetailsProblems>({});
  const [sent, setSent] = useState<VisitorDetails | null>(null);
  const form = useRef<HTMLFormElement>(null);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const checked = checkDetails(fields);
    setProblems(checked.ok ? {} : checked.problems);
    if (checked.ok) {
      if (await onSend(checked.details)) setSent(checked.details);
      return;
    }
    const first = checked.problems.name ? 'name' : 'email';
    form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  }

  function change(field: keyof VisitorDetails, value: string): void {
    setFields({ ...fields, [field]: value });
    // Said once, a problem goes away with the first key; it comes back with the next attempt.
    setProblems({ ...problems, [field]: undefined });
  }

  if (sent) {
    return (
      <section className="card details-sent" aria-label="Your details" data-testid="details-sent">
        <Icon name="check" />
        <p>
          <strong>{sent.name}</strong>
          <span>{sent.email}</span>
        </p>
        <button type="button" className="link" onClick={() => setSent(null)}>
          Change
        </button>
      </section>
    );
  }
  return (
    <form
      className="card details-form"
      aria-labelledby="details-title"
      data-testid="details-form"
      noValidate
      ref={form}
      onSubmit={(event) => void submit(event)}
    >
      <h2 className="card-title" id="details-title">
        Your details
      </h2>
      <p className="card-note">To confirm the appointment. Typing is surer than spelling.</p>
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        value={fields.name}
        problem={problems.name}
        onChange={(value) => change('name', value)}
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        value={fields.email}
        problem={problems.email}
        onChange={(value) => change('email', value)}
      />
      <button type="submit" className="button primary">
        Send my details
      </button>
    </form>
  );
}
