import { useState } from 'react';

/**
 * What a form was opened with. A page reads again what it shows, while somebody types: an edit names
 * what they saw, or it would undo what somebody else has changed since.
 */
export function useAsOpened<T>(value: T): T {
  const [opened] = useState(() => value);
  return opened;
}
