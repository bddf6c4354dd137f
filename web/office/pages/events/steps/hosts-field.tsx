import {
  Button,
  CloseButton,
  Fieldset,
  Group,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import type { ItemOf } from '../../../api/route-types.ts';
import { Icon } from '../../../components/icon.tsx';
import type { EventForm, HostValues } from '../event-values.ts';

interface HostsFieldProps {
  form: EventForm;
  calendars: ItemOf<'listCalendars'>[];
}

/** Who takes it, each in a calendar of their own; nobody: the event has one calendar. */
export function HostsField({ form, calendars }: HostsFieldProps) {
  const { hosts } = form.getValues();
  const connected = calendars.filter((calendar) => calendar.connected);
  const unused = connected.find(({ id }) => hosts.every(({ calendar }) => calendar !== id));
  const change = (next: HostValues[]): void => {
    form.setFieldValue('hosts', next);
    form.clearFieldError('hosts');
    const [first] = next;
    // Its event types are those of the first host's calendar.
    if (first) form.setFieldValue('calendar', first.calendar);
  };
  const edit = (index: number, part: Partial<HostValues>): void =>
    change(hosts.map((host, at) => (at === index ? { ...host, ...part } : host)));
  return (
    <Fieldset legend="Who takes it">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Where several people take it, each in a calendar of their own, callers can wish for one of
          them. Whoever was booked longest ago comes first.
        </Text>
        {hosts.map((host, index) => (
          <Group key={index} gap="xs" align="end" wrap="nowrap">
            <TextInput
              label="Name"
              aria-label={`Name of host ${index + 1}`}
              value={host.name}
              maxLength={80}
              onChange={({ currentTarget }) => edit(index, { name: currentTarget.value })}
            />
            <NativeSelect
              label="Calendar"
              aria-label={`Calendar of host ${index + 1}`}
              data={connected.map(({ id, name }) => ({ value: id, label: name }))}
              value={host.calendar}
              onChange={({ currentTarget }) => edit(index, { calendar: currentTarget.value })}
            />
            <CloseButton
              size="lg"
              aria-label={`Remove host ${index + 1}`}
              onClick={() => change(hosts.toSpliced(index, 1))}
            />
          </Group>
        ))}
        {form.errors['hosts'] !== undefined && (
          <Text c="var(--mantine-color-error)" size="sm" role="alert">
            {form.errors['hosts']}
          </Text>
        )}
        {unused !== undefined && (
          <Group>
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={16} />}
              onClick={() =>
                change([...hosts, { name: '', calendar: unused.id, busyCalendars: [] }])
              }
            >
              Add a host
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}
