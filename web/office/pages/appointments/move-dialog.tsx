import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAnswer, useChange } from '../../api/hooks.ts';
import { Instant } from '../../components/instant.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import type { Appointment } from './appointment.ts';
import { useShown } from './search.ts';
import { TimeChoice } from './time-choice.tsx';

/** Moves an appointment to a time that its calendar offers. */
export function MoveDialog({
  appointment,
  onClose,
}: {
  appointment: Appointment;
  onClose: () => void;
}) {
  const { show } = useShown();
  const [from, setFrom] = useState<string | null>(null);
  const [start, setStart] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const appointmentId = appointment.id;
  const times = useAnswer('listTimesToMoveTo', {
    params: { appointmentId },
    query: from === null ? {} : { from },
  });
  const move = useChange('moveAppointment');
  const submit = (): void => {
    if (start === null) return;
    move.mutate(
      { params: { appointmentId }, body: { start, reason }, from: appointment },
      {
        onSuccess: ({ id, state }) => {
          if (state !== 'unconfirmed') sayDone('The appointment has moved');
          if (id !== appointmentId) show('appointment', id);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title="Move the appointment">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <Text>
            {appointment.attendee.name}, now <Instant at={appointment.start} />
          </Text>
          <TimeChoice
            times={times}
            value={start}
            onChoose={setStart}
            from={from}
            onFrom={setFrom}
          />
          <Textarea
            label="Reason"
            description="The attendee is told it."
            required
            maxLength={500}
            autosize
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <ProblemNotice problem={move.error} title="The appointment was not moved" />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={move.isPending} disabled={start === null}>
              Move it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
