import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/hooks.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { sayDone } from '../../components/say.ts';

interface BlockDialogProps {
  callId: string;
  number: string;
  onClose: () => void;
}

export function BlockDialog({ callId, number, onClose }: BlockDialogProps) {
  const [reason, setReason] = useState('');
  const block = useChange('blockCaller');
  return (
    <ConfirmDialog
      isOpen
      title="Block the caller?"
      confirm="Block"
      isDangerous
      isBusy={block.isPending}
      problem={block.error}
      onClose={onClose}
      onConfirm={() =>
        block.mutate(
          { params: { callId }, body: { reason } },
          {
            onSuccess: () => {
              sayDone(`Calls from ${number} are not taken any more.`);
              onClose();
            },
          },
        )
      }
    >
      <Stack gap="sm">
        <Text size="sm">
          Phone calls from {number} are not taken any more. The caller hears a short sentence that
          says so.
        </Text>
        <TextInput
          label="Why"
          description="For the record; may be left empty."
          maxLength={500}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
          data-autofocus
        />
      </Stack>
    </ConfirmDialog>
  );
}
