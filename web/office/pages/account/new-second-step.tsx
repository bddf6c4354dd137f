import { Button, Code, Group, Modal, Stack, Stepper, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { ShownOnce } from '../../components/shown-once.tsx';
import { QrCode } from './qr-code.tsx';
import { useAccountChange } from './queries.ts';

export interface SecondStepSecrets {
  totpURI: string;
  backupCodes: string[];
}

/** Puts the secret into an authenticator, proves that it is there, and shows the codes for when it is lost. */
export function NewSecondStep({
  secrets: { totpURI, backupCodes },
  onClose,
}: {
  secrets: SecondStepSecrets;
  onClose: () => void;
}) {
  const [step, setStep] = useState(0);
  const form = useForm({ initialValues: { code: '' } });
  const verify = useAccountChange<{ code: string }>('/two-factor/verify-totp', () => {
    sayDone('The second step is on');
    setStep(1);
  });
  return (
    <Modal opened onClose={onClose} title="Switch the second step on" closeOnClickOutside={false}>
      <Stepper active={step} size="xs" mb="md">
        <Stepper.Step label="Authenticator" />
        <Stepper.Step label="Backup codes" />
      </Stepper>
      {step === 0 ? (
        <form onSubmit={form.onSubmit(({ code }) => verify.mutate({ code: code.trim() }))}>
          <Stack gap="md">
            <Text size="sm">
              Scan this with an authenticator app, or type the key into it. Then type the six digits
              that it shows.
            </Text>
            <QrCode text={totpURI} name="QR code for an authenticator app" />
            <Text size="sm">
              Key: <Code>{new URL(totpURI).searchParams.get('secret')}</Code>
            </Text>
            <TextInput
              label="Code"
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              {...form.getInputProps('code')}
            />
            <ProblemNotice problem={verify.error} title="The second step is still off" />
            <Button type="submit" loading={verify.isPending}>
              Switch it on
            </Button>
          </Stack>
        </form>
      ) : (
        <Stack gap="md">
          <Text size="sm">
            Keep these where you find them without your phone. Each lets you in once, should you
            lose the authenticator; they are not shown again.
          </Text>
          <ShownOnce name="Backup codes" value={backupCodes.join('\n')} />
          <Group justify="flex-end">
            <Button onClick={onClose}>I have kept them</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
