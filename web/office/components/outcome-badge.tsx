import { Badge } from '@mantine/core';
import { OUTCOME_COLORS, OUTCOME_WORDS } from './call-words.ts';
import type { Call } from './call-words.ts';

/** What came of a call. */
export function OutcomeBadge({ outcome, endedAt }: Pick<Call, 'outcome' | 'endedAt'>) {
  if (endedAt === null) {
    return (
      <Badge variant="dot" color="green" tt="none">
        {outcome === null ? 'Goes on' : `${OUTCOME_WORDS[outcome]}, goes on`}
      </Badge>
    );
  }
  if (outcome === null) return null;
  return (
    <Badge variant="light" color={OUTCOME_COLORS[outcome]} tt="none">
      {OUTCOME_WORDS[outcome]}
    </Badge>
  );
}
