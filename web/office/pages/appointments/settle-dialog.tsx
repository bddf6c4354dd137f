import { Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/hooks.ts';
import type { BodyOf } from '../../api/route-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { sayDone } from '../../components/say.ts';

type Outcome = BodyOf<'settleIntent'>['outcome'];

const QUESTIONS = {
  book: { happened: 'The appointment is there', not: 'There is no such appointment' },
  reschedule: { happened: 'It is at the new time', not: 'It is where it was' },
  cancel: { happened: 'It is cancelled', not: 'It still stands' },
};

interface SettleDialogProps {
  intentId: string;
  kind: keyof typeof QUESTIONS;
  onClose: () => void;
}

/** Says how something ended that nobody could find out, as somebody saw it in the calendar. */
export function SettleDialog({ intentId, kind, onClose }: SettleDialogProps) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [reason, setReason] = useState('');
  const [reference, setReference] = useState('');
  const settle = useChange('settleIntent');
  const asksReference = settle.error?.field === 'reference';
  const confirm = (): void => {
    if (outcome === null) return;
    const body = { outcome, reason, ...(reference === '' ? {} : { reference }) };
    settle.mutate(
      { params: { intentId }, body },
      {
        onSuccess: () => {
          sayDone('That is settled');
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog
      isOpen
      title="What does the calendar show?"
      confirm="Settle it"
      isBusy={settle.isPending}
      problem={settle.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Stack gap="md">
        <Text>Look the appointment up in the calendar itself. What you say is written down.</Text>
        <Radio.Group label="What you see" value={outcome} onChange={(value) => setOutcome(value)}>
          <Stack gap="xs" mt="xs">
            <Radio value="happened" label={QUESTIONS[kind].happened} />
            <Radio value="did-not-happen" label={QUESTIONS[kind].not} />
          </Stack>
        </Radio.Group>
        <Textarea
          label="How you know"
          description="For the record; the attendee does not see it."
          required
          maxLength={500}
          autosize
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {asksReference && (
          <TextInput
            label="What the calendar calls the booking"
            description="Its uid, as the calendar's own page shows it."
            value={reference}
            onChange={({ currentTarget }) => setReference(currentTarget.value)}
          />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
