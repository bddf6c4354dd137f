import { useEffect, useState } from 'react';

/** States that pass more quickly than this are not worth interrupting a reader for. */
const SETTLE_MS = 400;

/** Tells screen readers what changed, politely, and never the transcript word by word. */
export function Announcer({ message }: { message: string }) {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(message), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <output className="visually-hidden" aria-live="polite" data-testid="announcer">
      {settled}
    </output>
  );
}
