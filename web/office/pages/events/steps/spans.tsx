import { Button, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { USUAL_SPAN } from '../hours-values.ts';
import type { Span } from '../hours-values.ts';

interface SpansProps {
  /** Of which day: for the names of its fields. */
  day: string;
  spans: readonly Span[];
  onChange: (spans: Span[]) => void;
}

/** When a day is open, from when to when; closed where nothing is said. */
export function Spans({ day, spans, onChange }: SpansProps) {
  const change = (at: number, part: Partial<Span>): void =>
    onChange(spans.map((span, index) => (index === at ? { ...span, ...part } : span)));
  return (
    <Stack gap={6}>
      {spans.length === 0 && (
        <Text size="sm" c="dimmed" py={6}>
          Closed
        </Text>
      )}
      {spans.map((span, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- spans have nothing else of their own
        <Group key={index} gap={6} wrap="nowrap">
          <TextInput
            type="time"
            aria-label={`${day} from`}
            value={span.from}
            onChange={({ currentTarget }) => change(index, { from: currentTarget.value })}
          />
          <Text size="sm" aria-hidden>
            –
          </Text>
          <TextInput
            type="time"
            aria-label={`${day} to`}
            value={span.to}
            onChange={({ currentTarget }) => change(index, { to: currentTarget.value })}
          />
          <CloseButton
            aria-label={`Take away ${day} ${span.from}`}
            onClick={() => onChange(spans.filter((_, at) => at !== index))}
          />
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={`Add hours on ${day}`}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange([...spans, nextSpan(spans)])}
      >
        Add hours
      </Button>
    </Stack>
  );
}

/** Behind the last one, where there is room. */
function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1);
  return last && last.to !== '00:00' && last.to < '23:00'
    ? { from: last.to, to: '00:00' }
    : USUAL_SPAN;
}
