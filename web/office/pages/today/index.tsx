import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { writeInstant } from '../../components/instant.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { DayAppointments } from './day-appointments.tsx';
import { LiveCalls } from './live-calls.tsx';
import { OpenTasks } from './open-tasks.tsx';
import classes from './today.module.css';
import { WeekFigures } from './week-figures.tsx';

/** Milliseconds between two looks; calls that go on are looked at more often. */
const EVERY = 30_000;

export function TodayPage() {
  const { organization, timeZone } = useOffice();
  const today = useAnswer('getToday', { every: EVERY });
  const day = today.data && writeInstant(today.data.from, timeZone, 'day');
  return (
    <>
      <PageHead title="Today" words={`${organization.name}${day ? `, ${day}` : ''}`} />
      <Answered of={today}>
        {(found) => (
          <div className={classes['page']}>
            <div className={classes['column']}>
              <LiveCalls known={found.calls} />
              <div className={classes['later']}>
                <DayAppointments appointments={found.appointments} />
              </div>
            </div>
            <div className={classes['column']}>
              <OpenTasks today={found} />
              <div className={classes['later']}>
                <WeekFigures now={found.week} before={found.weekBefore} />
              </div>
            </div>
          </div>
        )}
      </Answered>
    </>
  );
}
