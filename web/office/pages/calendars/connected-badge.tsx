import { Badge } from '@mantine/core';
import type { AnswerOf } from '../../api/route-types.ts';

interface ConnectedBadgeProps {
  calendar: Pick<AnswerOf<'getCalendar'>, 'connected' | 'signInAgain'>;
}

export function ConnectedBadge({ calendar: { connected, signInAgain } }: ConnectedBadgeProps) {
  if (connected && signInAgain !== null) {
    return (
      <Badge color="orange" variant="dot">
        Sign in again
      </Badge>
    );
  }
  return (
    <Badge color={connected ? 'teal' : 'red'} variant="dot">
      {connected ? 'Connected' : 'Disconnected'}
    </Badge>
  );
}
