import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { ApiProblem } from '../../../api/api-problem.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';

interface PublishAnywayProps {
  isBusy: boolean;
  problem: ApiProblem | null;
  /** Answers whether it was published. */
  onConfirm: (reason: string) => Promise<boolean>;
}

/** Lets an owner publish what has not passed, and answer for it. */
export function PublishAnyway({ isBusy, problem, onConfirm }: PublishAnywayProps) {
  const [isOpen, dialog] = useDisclosure(false);
  const [reason, setReason] = useState('');
  async function confirm(): Promise<void> {
    if (!(await onConfirm(reason))) return;
    setReason('');
    dialog.close();
  }
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        Publish anyway
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title="Publish without the scenarios?"
        confirm="Publish anyway"
        isDangerous
        isBusy={isBusy}
        problem={problem}
        onClose={dialog.close}
        onConfirm={() => void confirm()}
      >
        <Stack gap="sm">
          <Text size="sm">
            Callers meet a draft that has not passed what it must. Your reason is kept in the audit
            log, with your name.
          </Text>
          <Textarea
            label="Why it cannot wait"
            required
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </Stack>
      </ConfirmDialog>
    </>
  );
}
