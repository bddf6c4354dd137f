import { Button, Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { AppointmentDrawer } from './appointment-drawer.tsx';
import { AppointmentFilters } from './appointment-filters.tsx';
import { AppointmentList } from './appointment-list.tsx';
import { BookDialog } from './book-dialog.tsx';
import { useShown } from './search.ts';
import { WeekView } from './week-view.tsx';

export function AppointmentsPage() {
  const { may } = useOffice();
  const { shown, show } = useShown();
  const [isBooking, setIsBooking] = useState(false);
  const [now] = useState(() => new Date());
  const isWeek = shown('view') === 'week';
  const open = shown('appointment');
  const book = may('appointments:write') && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setIsBooking(true)}>
      Book by hand
    </Button>
  );
  return (
    <>
      <PageHead title="Appointments" words="What was booked, by callers, by you and elsewhere.">
        {book}
      </PageHead>
      <Group mb="md">
        <SegmentedControl
          aria-label="How they are shown"
          transitionDuration={0}
          data={[
            { value: 'list', label: 'List' },
            { value: 'week', label: 'Week' },
          ]}
          value={isWeek ? 'week' : 'list'}
          onChange={(value) => show('view', value === 'week' ? value : null)}
        />
      </Group>
      <AppointmentFilters />
      {isWeek ? <WeekView /> : <AppointmentList now={now} onBook={book} />}
      {open !== null && (
        <AppointmentDrawer key={open} id={open} onClose={() => show('appointment', null)} />
      )}
      {isBooking && (
        <BookDialog
          onBooked={(id) => {
            setIsBooking(false);
            show('appointment', id);
          }}
          onClose={() => setIsBooking(false)}
        />
      )}
    </>
  );
}
