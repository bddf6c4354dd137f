import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import FullCalendar, { useCalendarController } from '@fullcalendar/react';
import timeGrid from '@fullcalendar/react/timegrid';
import classic from '@fullcalendar/react/themes/classic';
import type { EventDisplayInfo } from '@fullcalendar/react';
import { ActionIcon, Button, Group, Stack, Text, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useItems } from '../../api/hooks.ts';
import { Icon } from '../../components/icon.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useOffice } from '../../office.ts';
import type { Appointment } from './appointment.ts';
import { useFilters, useShown } from './search.ts';
import { STATE_WORDS, StateSign } from './state-mark.tsx';
import classes from './week-view.module.css';

const PLUGINS = [timeGrid, classic];
const VIEWS = { threeDays: { type: 'timeGrid', duration: { days: 3 } } };

/** What is shown: instants, and words for people. */
interface Range {
  from: string;
  to: string;
  words: string;
}

/** The appointments of a week on a grid of hours, in the organization's zone; on a phone three days. */
export function WeekView() {
  const { timeZone } = useOffice();
  const { show } = useShown();
  const controller = useCalendarController();
  const colorScheme = useComputedColorScheme('light');
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const [range, setRange] = useState<Range | null>(null);
  const { items, error, retry } = useAppointmentsOf(range);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Button variant="default" onClick={() => controller.today()}>
          Today
        </Button>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={isWide ? 'The week before' : 'The days before'}
          onClick={() => controller.prev()}
        >
          <Icon name="arrow-left" />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={isWide ? 'The next week' : 'The next days'}
          onClick={() => controller.next()}
          className={classes['next'] ?? ''}
        >
          <Icon name="arrow-left" />
        </ActionIcon>
        <Text fw={600} aria-live="polite">
          {range?.words}
        </Text>
        <Text c="dimmed" size="sm">
          {timeZone}
        </Text>
      </Group>
      <ProblemNotice problem={error} title="The appointments could not be read" retry={retry} />
      <div className={classes['week']}>
        <FullCalendar
          // Another view is another calendar: it keeps no day of the one before.
          key={isWide ? 'week' : 'days'}
          plugins={PLUGINS}
          views={VIEWS}
          controller={controller}
          initialView={isWide ? 'timeGridWeek' : 'threeDays'}
          headerToolbar={false}
          timeZone={timeZone}
          locale="en"
          firstDay={1}
          colorScheme={colorScheme}
          allDaySlot={false}
          nowIndicator
          scrollTime="08:00:00"
          slotDuration="00:30:00"
          slotMinHeight={30}
          eventMinHeight={26}
          displayEventEnd={false}
          height="auto"
          slotMinTime={earliest(items, timeZone)}
          slotMaxTime={latest(items, timeZone)}
          eventInteractive
          events={items.map(toEvent)}
          eventContent={drawEvent}
          eventClass={({ event }) => classes[stateOf(event)]}
          eventClick={({ event }) => show('appointment', event.id)}
          datesSet={({ startStr, endStr, view }) =>
            setRange({
              from: new Date(startStr).toISOString(),
              to: new Date(endStr).toISOString(),
              words: view.title,
            })
          }
        />
      </div>
    </Stack>
  );
}

/** Every appointment of a range, read part by part. */
function useAppointmentsOf(range: Range | null) {
  const filters = useFilters();
  const list = useItems('listAppointments', {
    query: { ...filters, from: range?.from, to: range?.to, limit: '200' },
    enabled: range !== null,
    every: 30_000,
  });
  const { hasMore, isLoadingMore, loadMore } = list;
  useEffect(() => {
    if (hasMore && !isLoadingMore) loadMore();
  }, [hasMore, isLoadingMore, loadMore]);
  return { items: list.items ?? [], error: list.error, retry: list.retry };
}

function toEvent({ id, start, end, attendee, event, state }: Appointment) {
  return { id, start, end, title: attendee.name, extendedProps: { state, what: event.name } };
}

function stateOf(event: EventDisplayInfo['event']): Appointment['state'] {
  return event.extendedProps['state'] as Appointment['state'];
}

function drawEvent(info: EventDisplayInfo) {
  return <EventWords info={info} />;
}

function EventWords({ info: { event, timeText } }: { info: EventDisplayInfo }) {
  const state = stateOf(event);
  return (
    <div
      className={classes['event']}
      title={`${timeText} ${event.title}, ${event.extendedProps['what']}: ${STATE_WORDS[state]}`}
    >
      <StateSign state={state} />
      <span className={classes['words']}>
        {timeText} <strong>{event.title}</strong>
      </span>
    </div>
  );
}

/** Hours that nothing is in are not shown, but for the usual ones. */
const USUAL = { from: 8, to: 19 };

function earliest(items: readonly Appointment[], timeZone: string): string {
  const hours = items.map((item) =>
    isOverNight(item, timeZone) ? 0 : hourOf(item.start, timeZone),
  );
  return toHour(Math.min(USUAL.from, ...hours));
}

function latest(items: readonly Appointment[], timeZone: string): string {
  const hours = items.map((item) =>
    isOverNight(item, timeZone) ? 24 : hourOf(lastInstant(item), timeZone) + 1,
  );
  return toHour(Math.max(USUAL.to, ...hours));
}

/** One that ends at midnight ends within its day. */
function lastInstant({ end }: Appointment): string {
  return new Date(Date.parse(end) - 1).toISOString();
}

function isOverNight(item: Appointment, timeZone: string): boolean {
  const dayOf = (at: string): string => new Date(at).toLocaleDateString('en', { timeZone });
  return dayOf(item.start) !== dayOf(lastInstant(item));
}

function hourOf(at: string, timeZone: string): number {
  const options = { timeZone, hour: 'numeric', hourCycle: 'h23' } as const;
  return Number(new Intl.DateTimeFormat('en', options).format(new Date(at)));
}

function toHour(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00:00`;
}
