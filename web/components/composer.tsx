import { useState, type SubmitEvent } from 'react';

import { Icon } from './icon.tsx';
import './composer.css';

/** What need not be spoken can be typed. */
export function Composer({ onSend }: { onSend: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState('');
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const message = text.trim();
    if (message === '') return;
    setText('');
    // A lost message comes back into the field, unless the next one is already begun.
    if (!(await onSend(message))) setText((now) => (now === '' ? message : now));
  }
  return (
    <form className="composer" onSubmit={(event) => void submit(event)}>
      <label className="visually-hidden" htmlFor="composer-text">
        Message
      </label>
      <input
        id="composer-text"
        type="text"
        autoComplete="off"
        enterKeyHint="send"
        placeholder="Or type a message"
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="composer-send" disabled={text.trim() === ''}>
        <Icon name="send" />
        <span className="visually-hidden">Send</span>
      </button>
    </form>
  );
}
