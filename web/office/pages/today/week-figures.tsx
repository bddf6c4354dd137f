import { Text } from '@mantine/core';
import type { AnswerOf } from '../../api/route-types.ts';
import { writeWait } from '../../components/call-words.ts';
import { Section } from './section.tsx';
import classes from './today.module.css';

type Figures = AnswerOf<'getToday'>['week'];

interface Shown {
  name: string;
  value: (figures: Figures) => number | null;
  write?: (value: number | null) => string;
}

const SHOWN: readonly Shown[] = [
  { name: 'Calls', value: ({ calls }) => calls },
  { name: 'Booked or moved', value: ({ booked }) => booked },
  {
    name: 'Of all calls',
    value: ({ booked, calls }) => (calls === 0 ? null : Math.round((100 * booked) / calls)),
    write: (value) => (value === null ? '–' : `${value} %`),
  },
  { name: 'Messages taken', value: ({ messages }) => messages },
  { name: 'Minutes', value: ({ minutes }) => minutes },
  { name: 'Wait for an answer', value: ({ medianLatency }) => medianLatency, write: writeWait },
  { name: 'False, never heard', value: ({ stopped }) => stopped },
  { name: 'False, taken back', value: ({ corrected }) => corrected },
];

const plain = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en'));

/** The last seven days beside the seven before. */
export function WeekFigures({ now, before }: { now: Figures; before: Figures }) {
  return (
    <Section title="Last seven days">
      <dl className={classes['figures']}>
        {SHOWN.map(({ name, value, write = plain }) => (
          <div key={name}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <Text component="dd" m={0} fz="xl" fw={600} className={classes['number'] ?? ''}>
              {write(value(now))}
              <Text size="xs" c="dimmed" fw={400}>
                {write(value(before))} the week before
              </Text>
            </Text>
          </div>
        ))}
      </dl>
    </Section>
  );
}
