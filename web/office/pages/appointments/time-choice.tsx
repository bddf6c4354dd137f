import { Button, Chip, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ApiProblem } from '../../api/api-problem.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { writeInstant } from '../../components/instant.tsx';
import { useOffice } from '../../office.ts';
import classes from './drawer.module.css';

export type FreeTimes = AnswerOf<'listFreeTimes'>;

interface TimeChoiceProps {
  times: UseQueryResult<FreeTimes, ApiProblem>;
  /** With whom; null: with anybody. */
  host?: string | null;
  value: string | null;
  onChoose: (start: string | null) => void;
  /** Where the two weeks begin that are shown; null: now. */
  from: string | null;
  onFrom: (from: string | null) => void;
  error?: string | null;
}

/** The times that the calendar offers, a day at a time, in the organization's zone. */
export function TimeChoice(props: TimeChoiceProps) {
  const { times, host = null, value, onChoose, from, onFrom, error } = props;
  const { timeZone } = useOffice();
  const [chosenDay, setChosenDay] = useState<string | null>(null);
  return (
    <Stack gap="xs">
      <Answered of={times}>
        {(answer) => {
          const items = answer.items.filter((item) => host === null || item.host === host);
          const days = Map.groupBy(items, ({ start }) => writeInstant(start, timeZone, 'day'));
          const day = chosenDay !== null && days.has(chosenDay) ? chosenDay : [...days.keys()][0];
          if (day === undefined) return <Text>Nothing is free in these two weeks.</Text>;
          return (
            <>
              <NativeSelect
                label="Day"
                data={[...days.keys()]}
                value={day}
                onChange={({ currentTarget }) => {
                  setChosenDay(currentTarget.value);
                  onChoose(null);
                }}
              />
              <div role="radiogroup" aria-label={`Time, ${timeZone}`} className={classes['times']}>
                <Chip.Group value={value} onChange={(start) => onChoose(start)}>
                  {days.get(day)?.map(({ start }) => (
                    <Chip key={start} value={start}>
                      {writeInstant(start, timeZone, 'time')}
                    </Chip>
                  ))}
                </Chip.Group>
              </div>
            </>
          );
        }}
      </Answered>
      {error && (
        <Text c="var(--mantine-color-error)" size="sm" role="alert">
          {error}
        </Text>
      )}
      <Group gap="xs">
        {from !== null && (
          <Button variant="subtle" size="xs" onClick={() => onFrom(null)}>
            The soonest times
          </Button>
        )}
        {times.data && (
          <Button variant="subtle" size="xs" onClick={() => onFrom(times.data.to)}>
            Later times
          </Button>
        )}
      </Group>
    </Stack>
  );
}
