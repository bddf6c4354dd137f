import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { sayDone } from '../../components/say.ts';

type Person = AnswerOf<'previewForgetting'>['items'][number];

/** Shows what would be forgotten of whom, and forgets it. */
export function ForgetDialog({ callId, onClose }: { callId: string; onClose: () => void }) {
  const people = useAnswer('previewForgetting', { params: { callId } });
  const [chosen, setChosen] = useState<string | null>(null);
  const forget = useChange('forgetCaller');
  const person = chosen ?? people.data?.items[0]?.person ?? null;
  return (
    <ConfirmDialog
      isOpen
      title="Forget the caller?"
      confirm={person === null ? 'Close' : 'Forget for good'}
      isDangerous={person !== null}
      isBusy={forget.isPending}
      problem={forget.error}
      onClose={onClose}
      onConfirm={() => {
        if (person === null) {
          onClose();
          return;
        }
        forget.mutate(
          { params: { callId }, body: { person } },
          {
            onSuccess: () => {
              sayDone('Forgotten. The figures of the calls stay.');
              onClose();
            },
          },
        );
      }}
    >
      <Answered of={people}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">No number and no address of anybody is on record of this call.</Text>
          ) : (
            <Stack gap="sm">
              <Text size="sm">
                What they said, asked, left and booked is deleted in every call, not in this one
                alone. It cannot be taken back.
              </Text>
              <Radio.Group value={person} onChange={setChosen} label="Whom">
                <Stack gap="xs" mt="xs">
                  {items.map((one) => (
                    <Radio
                      key={one.person}
                      value={one.person}
                      label={one.person}
                      description={tell(one)}
                    />
                  ))}
                </Stack>
              </Radio.Group>
            </Stack>
          )
        }
      </Answered>
    </ConfirmDialog>
  );
}

function tell({ forgotten, besides, isBlocked }: Person): string {
  const { calls, turns, recordings, messages, appointments, upcoming, open, calendars } = forgotten;
  const counts: [number, string][] = [
    [calls, 'call'],
    [turns, 'sentence'],
    [recordings, 'recording'],
    [messages, 'message'],
    [appointments, 'appointment'],
  ];
  const parts = counts.flatMap(([count, name]) => (count > 0 ? [countOf(count, name)] : []));
  return [
    parts.length === 0 ? 'Nothing is left of them.' : `${parts.join(', ')}.`,
    ...(upcoming > 0
      ? [
          `${countOf(upcoming, 'appointment')} to come stays as it is: cancel it first, then forget again.`,
        ]
      : []),
    ...(open > 0
      ? [`${countOf(open, 'thing')} not over yet stays as it is: forget again later.`]
      : []),
    ...calendars.map(
      ({ name, bookings }) =>
        `The calendar ${name} keeps its own copy of ${countOf(bookings, 'booking')}.`,
    ),
    ...(besides.length > 0 ? [`Beside it stood ${besides.join(', ')}.`] : []),
    ...(isBlocked ? ['The number stays blocked.'] : []),
  ].join(' ');
}

function countOf(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
