import { Anchor, Radio, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useItems } from '../../../api/hooks.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { MoreList } from '../../../components/more-list.tsx';
import { ProviderName } from '../../../components/provider-name.tsx';
import type { EventForm } from '../event-values.ts';

/** In which calendar it is booked. */
export function CalendarStep({ form }: { form: EventForm }) {
  const list = useItems('listCalendars', { query: { limit: '200' } });
  const chosen = form.getValues().calendar;
  return (
    <MoreList
      list={list}
      empty={
        <EmptyState icon="calendars" title="No calendar is connected">
          <Anchor component={Link} to="/office/calendars">
            Connect one first
          </Anchor>
          , then come back.
        </EmptyState>
      }
    >
      {(calendars) => (
        <Radio.Group
          label="In which calendar is it booked?"
          {...form.getInputProps('calendar')}
          value={chosen}
          onChange={(id) => {
            if (id !== chosen)
              form.setValues({ calendar: id, eventType: '', durationMinutes: '', hours: null });
          }}
        >
          <Stack gap="sm" mt="sm">
            {calendars.map(({ id, name, provider, timeZone, connected }) => (
              <Radio
                key={id}
                value={id}
                disabled={!connected}
                label={name}
                description={
                  <Text span inherit>
                    <ProviderName id={provider} /> · {timeZone}
                    {!connected && ' · disconnected: connect it again first'}
                  </Text>
                }
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </MoreList>
  );
}
