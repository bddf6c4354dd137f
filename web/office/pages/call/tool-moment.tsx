import { Badge } from '@mantine/core';
import { writeWait } from '../../components/call-words.ts';
import classes from './call.module.css';
import type { ToolCall } from './whole-call.ts';

/** A tool that the agent called, with what it was given and what it answered. */
export function ToolMoment({ tool }: { tool: ToolCall }) {
  const { at, endedAt, name, arguments: given, result, error } = tool;
  const took = endedAt === null ? null : Date.parse(endedAt) - Date.parse(at);
  return (
    <details className={classes['tool']}>
      <summary>
        {name.replaceAll('_', ' ')} → {error === null ? summarize(result) : 'refused'}
        {took === null ? ' (did not end)' : ` in ${writeWait(took)}`}{' '}
        {error !== null && (
          <Badge component="span" size="xs" color="red" variant="light" tt="none">
            Refused
          </Badge>
        )}
      </summary>
      <pre className={classes['json']}>{write(given)}</pre>
      <pre className={classes['json']}>{error ?? write(result)}</pre>
    </details>
  );
}

/** In few words. */
function summarize(result: unknown): string {
  const { status, slots } = (result ?? {}) as { status?: unknown; slots?: unknown };
  if (Array.isArray(slots) && slots.length > 0) {
    return `${slots.length} ${slots.length === 1 ? 'time' : 'times'}`;
  }
  return typeof status === 'string' ? status.replaceAll('_', ' ') : 'answered';
}

function write(value: unknown): string {
  return JSON.stringify(value ?? null, null, 2);
}
