import { Alert, Button, List, Stack } from '@mantine/core';
import { useChange, useAnswer } from '../../../api/hooks.ts';
import { Instant } from '../../../components/instant.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { sayDone } from '../../../components/say.ts';
import { useOffice } from '../../../office.ts';

/** Milliseconds between two looks: what was agreed on last may be booked after the call. */
const EVERY = 3_000;
/** The attendee is told it. */
const REASON = 'It was booked in a test call.';

/** What was booked in a test call that is over, and a way to cancel it. */
export function BookedInTest({ slug, roomName }: { slug: string; roomName: string }) {
  const { may } = useOffice();
  const params = { slug, roomName };
  const booked = useAnswer('listTestAppointments', { params, every: EVERY });
  const cancel = useChange('cancelAppointment');
  const items = booked.data?.items ?? [];
  if (items.length === 0) return null;
  async function cancelAll(): Promise<void> {
    for (const { id } of items) {
      try {
        const { state } = await cancel.mutateAsync({
          params: { appointmentId: id },
          body: { reason: REASON },
        });
        if (state === 'cancelled') sayDone('What you booked is cancelled.');
      } catch {
        // Shown below, and the others stand.
        return;
      }
    }
  }
  return (
    <Alert color="yellow" title="What you booked in the test call stands">
      <Stack gap="sm" align="flex-start">
        <List size="sm">
          {items.map(({ id, start, attendeeName }) => (
            <List.Item key={id}>
              <Instant at={start} />, {attendeeName}
            </List.Item>
          ))}
        </List>
        <ProblemNotice problem={cancel.error} title="It is not cancelled" />
        {may('appointments:write') && (
          <Button size="xs" loading={cancel.isPending} onClick={() => void cancelAll()}>
            Cancel what I booked
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
