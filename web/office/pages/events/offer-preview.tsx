import { Alert, Card, Group, List, Loader, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useAnswer } from '../../api/hooks.ts';
import type { AnswerOf, QueryOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { Icon } from '../../components/icon.tsx';
import type { EventValues } from './event-values.ts';
import { toAvailability } from './hours-values.ts';

/** Milliseconds in which nothing is typed: each preview asks the calendar itself. */
const PAUSE = 600;

/** What a caller would be offered now, by the calendar and what is typed. */
export function OfferPreview({ values, eventId }: { values: EventValues; eventId: string | null }) {
  const [query] = useDebouncedValue(JSON.stringify(toQuery(values, eventId)), PAUSE);
  const preview = useAnswer('previewOffer', {
    query: JSON.parse(query) as QueryOf<'previewOffer'>,
    enabled: values.calendar !== null && values.eventType !== '',
  });
  return (
    <Card withBorder aria-live="polite">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} fz="md">
            What a caller hears now
          </Title>
          {preview.isFetching && (
            <output aria-label="Asking the calendar">
              <Loader size="xs" />
            </output>
          )}
        </Group>
        <Answered of={preview}>{(answer) => <Offer {...answer} />}</Answered>
      </Stack>
    </Card>
  );
}

function Offer({ slots, days, message, timeZone, durationMinutes }: AnswerOf<'previewOffer'>) {
  return (
    <Stack gap="sm">
      {message !== null && (
        <Alert color="yellow" icon={<Icon name="alert" />}>
          {message}
        </Alert>
      )}
      {slots.length > 0 && (
        <>
          <Text size="sm">Asked for the next free time, it would suggest:</Text>
          <List spacing={4}>
            {slots.map(({ start, label }) => (
              <List.Item key={start}>{label}</List.Item>
            ))}
          </List>
        </>
      )}
      {days.length > 0 && (
        <Stack gap={2}>
          <Text size="sm" c="dimmed">
            Free in all:
          </Text>
          {days.map((line) => (
            <Text key={line} size="sm" c="dimmed">
              {line}
            </Text>
          ))}
        </Stack>
      )}
      <Text size="sm" c="dimmed">{`${durationMinutes} minutes each, in ${timeZone}.`}</Text>
    </Stack>
  );
}

function toQuery(values: EventValues, eventId: string | null): QueryOf<'previewOffer'> {
  const { name: _name, enabled: _enabled, organizerEmail: _email, hours, ...offered } = values;
  const { hosts: _hosts, preparation: _preparation, ...rest } = offered;
  const availability = hours === null ? null : JSON.stringify(toAvailability(hours));
  const given = Object.entries({ ...rest, availability, event: eventId }).filter(
    ([, value]) => value !== null && value !== '',
  );
  return Object.fromEntries(
    given.map(([name, value]) => [name, String(value)]),
  ) as QueryOf<'previewOffer'>;
}
