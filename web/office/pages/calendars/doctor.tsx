import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { Checklist } from '../../components/checklist.tsx';
import { Section } from '../../components/section.tsx';

/** Asks the provider, when it is told to, whether the calendar can be booked. */
export function Doctor({ calendarId }: { calendarId: string }) {
  const [isAsked, setAsked] = useState(false);
  const found = useAnswer('examineCalendar', { params: { calendarId }, enabled: isAsked });
  const ask = (): void => {
    if (isAsked) void found.refetch();
    else setAsked(true);
  };
  return (
    <Section
      title="Does it work?"
      words="Tries the key, the account, each booking event and its free times, and says what to do where something is wrong. Nothing is changed."
    >
      <Group>
        <Button size="xs" variant="default" onClick={ask} loading={found.isFetching}>
          {isAsked ? 'Check again' : 'Check it'}
        </Button>
      </Group>
      <div aria-live="polite">
        {isAsked && (
          <Answered of={found}>
            {({ ok, findings }) => (
              <Stack gap="md">
                <Text fw={600}>
                  {ok ? 'Bookings work.' : 'Something keeps it from being booked.'}
                </Text>
                <Checklist findings={findings} />
              </Stack>
            )}
          </Answered>
        )}
      </div>
    </Section>
  );
}
