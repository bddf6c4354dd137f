import { Badge, Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { Section } from '../../components/section.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { NewSecondStep } from './new-second-step.tsx';
import type { SecondStepSecrets } from './new-second-step.tsx';
import { useAccountChange } from './queries.ts';

/** What a password is asked for. */
type Wish = 'enable' | 'disable' | 'codes';

const WORDS: Record<Wish, { title: string; confirm: string }> = {
  enable: { title: 'Switch the second step on', confirm: 'Go on' },
  disable: { title: 'Switch the second step off', confirm: 'Switch it off' },
  codes: { title: 'New backup codes', confirm: 'Make new codes' },
};

export function SecondStepSection({ isOn }: { isOn: boolean }) {
  const [wish, setWish] = useState<Wish | null>(null);
  const [secrets, setSecrets] = useState<SecondStepSecrets | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <Section
      title="Second step"
      words="Beside the password you are asked for a code of an authenticator app, so that a password alone lets nobody in."
    >
      <Group gap="xs">
        <Badge variant="light" color={isOn ? 'green' : 'gray'}>
          {isOn ? 'on' : 'off'}
        </Badge>
        {isOn ? (
          <>
            <Button variant="default" size="xs" onClick={() => setWish('codes')}>
              New backup codes
            </Button>
            <Button variant="default" size="xs" onClick={() => setWish('disable')}>
              Switch it off
            </Button>
          </>
        ) : (
          <Button variant="default" size="xs" onClick={() => setWish('enable')}>
            Switch it on
          </Button>
        )}
      </Group>
      {wish && (
        <AskPassword
          wish={wish}
          onClose={() => setWish(null)}
          onDone={(answer) => {
            setWish(null);
            if (wish === 'enable') setSecrets(answer as SecondStepSecrets);
            if (wish === 'codes') setCodes((answer as SecondStepSecrets).backupCodes);
            if (wish === 'disable') sayDone('The second step is off');
          }}
        />
      )}
      {secrets && <NewSecondStep secrets={secrets} onClose={() => setSecrets(null)} />}
      <Modal opened={codes !== null} onClose={() => setCodes(null)} title="Your new backup codes">
        <Text size="sm" mb="sm">
          Each lets you in once, should you lose the authenticator. Those you had before are good no
          more.
        </Text>
        <ShownOnce name="Backup codes" value={codes?.join('\n') ?? ''} />
      </Modal>
    </Section>
  );
}

const PATHS: Record<Wish, string> = {
  enable: '/two-factor/enable',
  disable: '/two-factor/disable',
  codes: '/two-factor/generate-backup-codes',
};

function AskPassword({
  wish,
  onDone,
  onClose,
}: {
  wish: Wish;
  onDone: (answer: unknown) => void;
  onClose: () => void;
}) {
  const form = useForm({ initialValues: { password: '' } });
  const change = useAccountChange<{ password: string }>(PATHS[wish], onDone);
  return (
    <Modal opened onClose={onClose} title={WORDS[wish].title}>
      <form onSubmit={form.onSubmit((given) => change.mutate(given))}>
        <Stack gap="md">
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            required
            data-autofocus
            {...form.getInputProps('password')}
          />
          <ProblemNotice problem={change.error} />
          <Button type="submit" loading={change.isPending}>
            {WORDS[wish].confirm}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
