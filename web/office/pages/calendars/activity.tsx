import { Button, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { Instant } from '../../components/instant.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { Section } from '../../components/section.tsx';
import { useOffice } from '../../office.ts';

/** Milliseconds. */
const EVERY = 30_000;

type Calendar = AnswerOf<'getCalendar'>;

/** When a calendar was heard of, and what may still be asked of its provider. */
export function Activity({ calendar }: { calendar: Calendar }) {
  const activity = useAnswer('getCalendarActivity', {
    params: { calendarId: calendar.id },
    every: EVERY,
  });
  return (
    <Section title="In touch">
      <Answered of={activity}>{(answer) => <Facts {...answer} />}</Answered>
      <News calendar={calendar} />
    </Section>
  );
}

function Facts(activity: AnswerOf<'getCalendarActivity'>) {
  const { lastSyncedAt, lastSyncError, lastDeliveryAt, badSignatures, budget } = activity;
  return (
    <Table layout="auto" verticalSpacing={6} horizontalSpacing={0} withRowBorders={false}>
      <Table.Tbody>
        <Fact words="Last sync">{lastSyncedAt ? <Instant at={lastSyncedAt} /> : 'None yet'}</Fact>
        {lastSyncError !== null && <Fact words="The newest sync">Did not see everything</Fact>}
        <Fact words="Last news of a change">
          {lastDeliveryAt ? <Instant at={lastDeliveryAt} /> : 'None yet'}
        </Fact>
        {badSignatures > 0 && <Fact words="News refused as forged">{badSignatures}</Fact>}
        <Fact words="Requests left">
          {budget === null ? (
            'All of them'
          ) : (
            <>
              {budget.remaining} until <Instant at={budget.fullAgainAt} as="time" />
            </>
          )}
        </Fact>
      </Table.Tbody>
    </Table>
  );
}

function Fact({ words, children }: { words: string; children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th fw={400} c="dimmed" scope="row">
        {words}
      </Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}

/** Whether the provider tells of changes itself, and how to have it do so. */
function News({ calendar }: { calendar: Calendar }) {
  const { may } = useOffice();
  const { data } = useAnswer('listCalendarProviders');
  const register = useChange('registerCalendarWebhook');
  const provider = data?.items.find((each) => each.provider === calendar.provider);
  if (!provider?.sendsWebhooks || !calendar.connected) return null;
  const words = calendar.webhook
    ? `${provider.name} tells of changes as they happen.`
    : `What changes at ${provider.name} is seen by the sync, every few minutes.`;
  const tell = (): void =>
    register.mutate(
      { params: { calendarId: calendar.id }, body: {} },
      { onSuccess: () => sayDone(`${provider.name} tells of changes from now on.`) },
    );
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{words}</Text>
      {may('calendars:write') && (
        <Button size="xs" variant="default" onClick={tell} loading={register.isPending}>
          {calendar.webhook ? 'Register it anew' : 'Be told at once'}
        </Button>
      )}
      <ProblemNotice problem={register.error} />
    </Stack>
  );
}
