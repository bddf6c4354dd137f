import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Icon } from '../../components/icon.tsx';

interface DisconnectDialogProps {
  calendar: AnswerOf<'getCalendar'>;
  isOpen: boolean;
  onClose: () => void;
}

/** Asks before a key is forgotten, and says afterwards what stopped with it. */
export function DisconnectDialog({ calendar, isOpen, onClose }: DisconnectDialogProps) {
  const disconnect = useChange('disconnectCalendar');
  const close = (): void => {
    disconnect.reset();
    onClose();
  };
  if (disconnect.data) return <Done {...disconnect.data} isOpen={isOpen} onClose={close} />;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={`Disconnect “${calendar.name}”?`}
      confirm="Disconnect"
      isDangerous
      isBusy={disconnect.isPending}
      problem={disconnect.error}
      onConfirm={() => disconnect.mutate({ params: { calendarId: calendar.id } })}
      onClose={close}
    >
      Its key is forgotten, and nobody can book into it any more. Appointments stay as they are at
      the provider. You can connect it again, to the same account.
    </ConfirmDialog>
  );
}

type DoneProps = AnswerOf<'disconnectCalendar'> & { isOpen: boolean; onClose: () => void };

function Done({ isOpen, onClose, ...done }: DoneProps) {
  const { name, stopped, unsettledIntents, webhookLeft, accessLeft } = done;
  return (
    <Modal opened={isOpen} onClose={onClose} title={`“${name}” is disconnected`} centered>
      <Stack gap="md">
        <Text>Its key is forgotten.</Text>
        {stopped.length > 0 && (
          <div>
            <Text>Nobody can book these any more:</Text>
            <List>
              {stopped.map((event) => (
                <List.Item key={event.id}>{event.name}</List.Item>
              ))}
            </List>
          </div>
        )}
        {unsettledIntents > 0 && (
          <Text>
            {`Of ${unsettledIntents} booking(s) it was not known yet how they ended: look them up at the provider.`}
          </Text>
        )}
        {webhookLeft !== null && (
          <Alert color="yellow" icon={<Icon name="alert" />} title="It still calls this office">
            {`Remove its webhook at the provider. ${webhookLeft}`}
          </Alert>
        )}
        {accessLeft !== null && (
          <Alert color="yellow" icon={<Icon name="alert" />} title="The access stands yet">
            {accessLeft}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose}>Close</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
