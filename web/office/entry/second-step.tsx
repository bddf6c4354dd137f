import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiProblem } from '../api/api-problem.ts';
import { postAuth } from '../api/auth.ts';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { EntryCard } from './entry-card.tsx';

interface SecondStepProps {
  onDone: () => Promise<void>;
  onBack: () => void;
}

/** Asks for the code of an authenticator, or for one of those that were written down. */
export function SecondStep({ onDone, onBack }: SecondStepProps) {
  const [isBackup, setIsBackup] = useState(false);
  const form = useForm({ initialValues: { code: '', trustDevice: false } });
  const verify = useMutation<unknown, ApiProblem, { code: string; trustDevice: boolean }>({
    mutationFn: ({ code, trustDevice }) =>
      postAuth(isBackup ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp', {
        code: code.trim(),
        trustDevice,
      }),
    onSuccess: onDone,
  });
  return (
    <EntryCard
      title="The second step"
      words={
        isBackup
          ? 'Type one of the backup codes that you wrote down. Each is good once.'
          : 'Type the six digits that your authenticator shows now.'
      }
    >
      <form onSubmit={form.onSubmit((given) => verify.mutate(given))}>
        <Stack gap="md">
          <TextInput
            label={isBackup ? 'Backup code' : 'Code'}
            required
            autoComplete="one-time-code"
            inputMode={isBackup ? 'text' : 'numeric'}
            {...form.getInputProps('code')}
          />
          <Checkbox
            label="Do not ask on this device for 30 days"
            {...form.getInputProps('trustDevice', { type: 'checkbox' })}
          />
          <ProblemNotice problem={verify.error} title="You are not signed in" />
          <Button type="submit" loading={verify.isPending}>
            Go on
          </Button>
          <Button
            variant="subtle"
            onClick={() => {
              setIsBackup(!isBackup);
              form.reset();
              verify.reset();
            }}
          >
            {isBackup ? 'Use the authenticator' : 'Use a backup code'}
          </Button>
          <Button variant="subtle" color="gray" c="inherit" onClick={onBack}>
            Back
          </Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
