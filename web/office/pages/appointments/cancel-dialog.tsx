import { Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/hooks.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Instant } from '../../components/instant.tsx';
import { sayDone } from '../../components/say.ts';
import type { Appointment } from './appointment.ts';

/** Cancels an appointment, at its calendar too. */
export function CancelDialog({
  appointment,
  onClose,
}: {
  appointment: Appointment;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const cancel = useChange('cancelAppointment');
  const confirm = (): void =>
    cancel.mutate(
      { params: { appointmentId: appointment.id }, body: { reason }, from: appointment },
      {
        onSuccess: ({ state }) => {
          if (state === 'cancelled') sayDone('The appointment is cancelled');
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen
      title="Cancel the appointment"
      confirm="Cancel it"
      isDangerous
      isBusy={cancel.isPending}
      problem={cancel.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Stack gap="md">
        <Text>
          {appointment.attendee.name}, <Instant at={appointment.start} />. Its time is free again in
          the calendar.
        </Text>
        <Textarea
          label="Reason"
          description="The attendee is told it."
          required
          maxLength={500}
          autosize
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
