import { Button, Group, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import type { EventForm } from '../event-values.ts';
import { USUAL_HOURS, WEEKDAY_NAMES, WEEKDAYS } from '../hours-values.ts';
import type { HoursValues } from '../hours-values.ts';
import { Spans } from './spans.tsx';

/** When the event can be booked, in a calendar that knows appointments and no opening hours. */
export function HoursFields({ form }: { form: EventForm }) {
  const { hours } = form.getValues();
  const { error } = form.getInputProps('hours');
  const change = (part: Partial<HoursValues>): void =>
    form.setFieldValue('hours', { ...(hours ?? USUAL_HOURS), ...part });
  return (
    <Stack gap="sm" component="section" aria-label="Opening hours">
      <div>
        <Title order={3} fz="md">
          Opening hours
        </Title>
        <Text size="sm" c="dimmed">
          This calendar knows appointments and no opening hours. In the zone of the calendar.
        </Text>
      </div>
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      {hours === null ? (
        <Group gap="sm">
          <Text size="sm">Monday to Friday from nine to five.</Text>
          <Button size="xs" variant="default" onClick={() => change({})}>
            Set its own hours
          </Button>
        </Group>
      ) : (
        <>
          <Week hours={hours} change={change} />
          <Dates hours={hours} change={change} />
          <Limits hours={hours} change={change} />
          <Button
            size="xs"
            variant="subtle"
            style={{ alignSelf: 'flex-start' }}
            onClick={() => form.setFieldValue('hours', null)}
          >
            Take the usual hours again
          </Button>
        </>
      )}
    </Stack>
  );
}

interface PartProps {
  hours: HoursValues;
  change: (part: Partial<HoursValues>) => void;
}

function Week({ hours, change }: PartProps) {
  return (
    <Stack gap={4}>
      {WEEKDAYS.map((day) => (
        <Group key={day} gap="sm" align="flex-start">
          <Text size="sm" w={96} pt={6}>
            {WEEKDAY_NAMES[day]}
          </Text>
          <Spans
            day={WEEKDAY_NAMES[day]}
            spans={hours.weekly[day]}
            onChange={(spans) => change({ weekly: { ...hours.weekly, [day]: spans } })}
          />
        </Group>
      ))}
    </Stack>
  );
}

function Dates({ hours: { dates }, change }: PartProps) {
  const put = (at: number, part: Partial<HoursValues['dates'][number]>): void =>
    change({ dates: dates.map((each, index) => (index === at ? { ...each, ...part } : each)) });
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        Days with hours of their own
      </Text>
      {dates.map(({ date, spans }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a date is typed into it
        <Group key={index} gap="sm" align="flex-start">
          <Stack gap={4}>
            <TextInput
              type="date"
              aria-label="Day with hours of its own"
              value={date}
              onChange={({ currentTarget }) => put(index, { date: currentTarget.value })}
            />
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={`Take away the day ${date}`}
              onClick={() => change({ dates: dates.filter((_, at) => at !== index) })}
            >
              Take away
            </Button>
          </Stack>
          <Spans
            day={date === '' ? 'that day' : date}
            spans={spans}
            onChange={(next) => put(index, { spans: next })}
          />
        </Group>
      ))}
      <Button
        size="xs"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => change({ dates: [...dates, { date: '', spans: [] }] })}
      >
        Add a day
      </Button>
    </Stack>
  );
}

function Limits({ hours, change }: PartProps) {
  const field = (
    name: 'bufferBefore' | 'bufferAfter' | 'notice' | 'daysAhead' | 'dailyMaximum',
  ) => ({
    value: hours[name],
    min: 0,
    onChange: (value: number | string) =>
      change({ [name]: typeof value === 'number' ? value : '' }),
  });
  return (
    <Stack gap="xs">
      <Group grow align="flex-end">
        <NumberInput label="Minutes kept free before" placeholder="0" {...field('bufferBefore')} />
        <NumberInput label="Minutes kept free after" placeholder="0" {...field('bufferAfter')} />
      </Group>
      <Group grow align="flex-end">
        <NumberInput label="Hours’ notice" placeholder="0" {...field('notice')} />
        <NumberInput label="Days ahead" placeholder="60" {...field('daysAhead')} />
        <NumberInput label="At most a day" placeholder="Any" {...field('dailyMaximum')} />
      </Group>
    </Stack>
  );
}
