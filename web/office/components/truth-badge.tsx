import { Badge, Tooltip } from '@mantine/core';
import type { Call } from './call-words.ts';

/** What was false in a call; nothing where nothing was. */
export function TruthBadge({ stopped, corrected }: Call['truth']) {
  if (corrected > 0) {
    return (
      <Tooltip
        label="Heard by the caller, and taken back at once"
        events={{ hover: true, focus: true, touch: true }}
      >
        <Badge variant="light" color="red" tt="none" tabIndex={0}>
          {corrected} corrected
        </Badge>
      </Tooltip>
    );
  }
  if (stopped === 0) return null;
  return (
    <Tooltip
      label="Stopped before the caller heard it"
      events={{ hover: true, focus: true, touch: true }}
    >
      <Badge variant="light" color="orange" tt="none" tabIndex={0}>
        {stopped} stopped
      </Badge>
    </Tooltip>
  );
}
