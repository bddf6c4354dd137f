import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { ShownOnce } from '../../components/shown-once.tsx';

interface SecretDialogProps {
  /** Null: there is none to show. */
  secret: string | null;
  /** The one before signs too, for a day. */
  isRotated?: boolean;
  onClose: () => void;
}

/** Shows a secret, this once. */
export function SecretDialog({ secret, isRotated = false, onClose }: SecretDialogProps) {
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title="Keep this secret now"
      centered
      closeOnClickOutside={false}
    >
      <Stack gap="md">
        <Text>
          Your system checks with it that an event is from here. It is shown this once: put it where
          your system finds it.
          {isRotated && ' For 24 hours every event is signed with the one before as well.'}
        </Text>
        <ShownOnce name="Secret" value={secret ?? ''} />
        <Group justify="flex-end">
          <Button onClick={onClose}>I have kept it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
