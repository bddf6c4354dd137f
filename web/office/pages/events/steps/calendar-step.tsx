import { Anchor, Checkbox, Radio, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useItems } from '../../../api/hooks.ts';
import type { ItemOf } from '../../../api/route-types.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { MoreList } from '../../../components/more-list.tsx';
import { ProviderName } from '../../../components/provider-name.tsx';
import type { EventForm } from '../event-values.ts';
import { HostsField } from './hosts-field.tsx';

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
        <Stack gap="lg">
          {form.getValues().hosts.length === 0 && (
            <Radio.Group
              label="In which calendar is it booked?"
              {...form.getInputProps('calendar')}
              value={chosen}
              onChange={(id) => {
                if (id === chosen) return;
                const busyCalendars = form.getValues().busyCalendars.filter((each) => each !== id);
                const anew = { eventType: '', durationMinutes: '', hours: null } as const;
                form.setValues({ calendar: id, busyCalendars, ...anew });
              }}
            >
              <Stack gap="sm" mt="sm">
                {calendars.map((calendar) => (
                  <Radio
                    key={calendar.id}
                    value={calendar.id}
                    disabled={!calendar.connected}
                    label={calendar.name}
                    description={<About {...calendar} />}
                  />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <HostsField form={form} calendars={calendars} />
          <BusyCalendars form={form} others={calendars.filter(({ id }) => id !== chosen)} />
        </Stack>
      )}
    </MoreList>
  );
}

type Calendar = ItemOf<'listCalendars'>;

/** Which others keep it from their times: what stands in them is read, and nothing is written there. */
function BusyCalendars({ form, others }: { form: EventForm; others: Calendar[] }) {
  if (others.length === 0) return null;
  return (
    <Checkbox.Group
      label="Which other calendars block its times too?"
      description="A time is offered only while nothing stands in any of them"
      {...form.getInputProps('busyCalendars')}
    >
      <Stack gap="sm" mt="sm">
        {others.map((calendar) => (
          <Checkbox
            key={calendar.id}
            value={calendar.id}
            disabled={!calendar.connected}
            label={calendar.name}
            description={<About {...calendar} />}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function About({ provider, timeZone, connected }: Calendar) {
  return (
    <Text span inherit>
      <ProviderName id={provider} /> · {timeZone}
      {!connected && ' · disconnected: connect it again first'}
    </Text>
  );
}
