import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';

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
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text>
          Your system checks with it that an event is from here. It is shown this once: put it where
          your system finds it.
          {isRotated && ' For 24 hours every event is signed with the one before as well.'}
        </Text>
        <TextInput
          label="Secret"
          value={secret ?? ''}
          readOnly
          data-autofocus
          onFocus={({ currentTarget }) => currentTarget.select()}
          styles={{ input: { fontFamily: 'monospace' } }}
        />
        <Group justify="flex-end" gap="xs">
          <CopyButton text={secret ?? ''} />
          <Button onClick={onClose}>I have kept it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Only where the browser lets a page write to the clipboard: not on one that came in clear. */
function CopyButton({ text }: { text: string }) {
  const [isCopied, setIsCopied] = useState(false);
  if (!globalThis.isSecureContext) return null;
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setIsCopied(true));
  };
  return (
    <Button
      variant="default"
      leftSection={<Icon name={isCopied ? 'check' : 'copy'} size={18} />}
      onClick={copy}
    >
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}
