import { Alert, Button, Grid, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useParams } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { Activity } from './activity.tsx';
import { ConnectedBadge } from './connected-badge.tsx';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { Doctor } from './doctor.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { ProviderName } from '../../components/provider-name.tsx';

const BACK = { to: '/office/calendars', words: 'Calendars' };

/** One calendar: whether it works, how it does, and its key. */
export function CalendarPage() {
  const { calendarId = '' } = useParams();
  const calendar = useAnswer('getCalendar', { params: { calendarId } });
  if (!calendar.data) {
    return (
      <>
        <PageHead title="Calendar" back={BACK} />
        <Answered of={calendar}>{() => null}</Answered>
      </>
    );
  }
  return <Shown calendar={calendar.data} />;
}

function Shown({ calendar }: { calendar: AnswerOf<'getCalendar'> }) {
  const { may } = useOffice();
  const [isEditing, edit] = useDisclosure(false);
  const [isLeaving, leave] = useDisclosure(false);
  const [isRenaming, rename] = useDisclosure(false);
  const { name, account, timeZone, connected, signInAgain } = calendar;
  const mayWrite = may('calendars:write');
  return (
    <>
      <PageHead
        title={name}
        back={BACK}
        words={
          <>
            <ProviderName id={calendar.provider} />
            {account !== null && ` · ${account}`} · {timeZone}
          </>
        }
      >
        {mayWrite && (
          <>
            <Button
              variant={connected && signInAgain === null ? 'default' : 'filled'}
              onClick={edit.open}
            >
              {connected && signInAgain === null ? 'Change' : 'Connect again'}
            </Button>
            <Button variant="default" onClick={rename.open}>
              Rename
            </Button>
            {connected && (
              <Button variant="default" onClick={leave.open}>
                Disconnect
              </Button>
            )}
          </>
        )}
      </PageHead>
      <Stack gap="md">
        <Group>
          <ConnectedBadge calendar={calendar} />
        </Group>
        {connected && signInAgain !== null && (
          <Alert color="orange" icon={<Icon name="alert" />} title="Somebody must sign in again">
            {signInAgain} Until then nobody can book into it.
          </Alert>
        )}
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Activity calendar={calendar} />
          </Grid.Col>
          {mayWrite && (
            <Grid.Col span={{ base: 12, md: 7 }}>
              <Doctor calendarId={calendar.id} />
            </Grid.Col>
          )}
        </Grid>
      </Stack>
      {isEditing && <EditDialog calendar={calendar} onClose={edit.close} />}
      {isRenaming && <RenameDialog calendar={calendar} onClose={rename.close} />}
      <DisconnectDialog calendar={calendar} isOpen={isLeaving} onClose={leave.close} />
    </>
  );
}
