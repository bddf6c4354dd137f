import { Alert, Button, Drawer, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { Icon } from '../../components/icon.tsx';
import { useOffice } from '../../office.ts';
import { OPEN_WORDS } from './appointment.ts';
import type { Appointment } from './appointment.ts';
import { AppointmentFacts } from './appointment-facts.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { History } from './history.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { SettleDialog } from './settle-dialog.tsx';
import { StateMark } from './state-mark.tsx';

/** One appointment beside the others: what it is, what can be done with it, and how it came to be. */
export function AppointmentDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const answer = useAnswer('getAppointment', { params: { appointmentId: id }, every: 10_000 });
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title="Appointment">
      <Answered of={answer}>
        {(appointment) => (
          <Stack gap="lg">
            <div>
              <Title order={2} fz="xl" style={{ overflowWrap: 'anywhere' }}>
                {appointment.attendee.name}
              </Title>
              <StateMark state={appointment.state} />
            </div>
            <OpenNotice of={appointment} />
            <AppointmentFacts of={appointment} />
            <Actions of={appointment} />
            <section aria-label="History">
              <Title order={3} fz="md" mb="xs">
                History
              </Title>
              <History appointmentId={appointment.id} />
            </section>
          </Stack>
        )}
      </Answered>
    </Drawer>
  );
}

/** What is not settled, and who finds it out. */
function OpenNotice({ of: { open } }: { of: Appointment }) {
  const { may } = useOffice();
  const [isSettling, setIsSettling] = useState(false);
  if (!open) return null;
  const { kind, needsPerson, intentId } = open;
  return (
    <Alert color="red" icon={<Icon name="alert" />} title={OPEN_WORDS[kind]}>
      <Stack gap="xs" align="flex-start">
        {needsPerson
          ? 'The calendar could not tell. Look it up there, then say here what you saw.'
          : 'The calendar did not answer in time. It is being asked again, and this page shows what it says.'}
        {may('appointments:write') && (
          <Button variant="default" size="xs" onClick={() => setIsSettling(true)}>
            Say what the calendar shows
          </Button>
        )}
      </Stack>
      {isSettling && (
        <SettleDialog intentId={intentId} kind={kind} onClose={() => setIsSettling(false)} />
      )}
    </Alert>
  );
}

function Actions({ of: appointment }: { of: Appointment }) {
  const { may } = useOffice();
  const [asked, setAsked] = useState<'move' | 'cancel' | null>(null);
  const { state } = appointment;
  const stands = state === 'confirmed' || state === 'requested';
  if (!may('appointments:write') || !stands) return null;
  const close = (): void => setAsked(null);
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setAsked('move')}>
        Move
      </Button>
      <Button variant="default" onClick={() => setAsked('cancel')}>
        Cancel the appointment
      </Button>
      {asked === 'move' && <MoveDialog appointment={appointment} onClose={close} />}
      {asked === 'cancel' && <CancelDialog appointment={appointment} onClose={close} />}
    </Group>
  );
}
