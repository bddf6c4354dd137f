import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useAnswer, useChange } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { hasField, showInForm, useConnectionForm } from './connection-form.ts';
import { settingsOf, settingsToSend } from './provider-fields.tsx';
import type { ProviderForm } from './provider-fields.tsx';
import { SignInButton, SignInNotice, useSignIn } from './sign-in.tsx';

/** Connects a calendar: which provider, then what it asks for. */
export function ConnectDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const providers = useAnswer('listCalendarProviders', { enabled: isOpen });
  return (
    <Modal opened={isOpen} onClose={onClose} title="Connect a calendar" size="lg">
      <Answered of={providers}>
        {({ items }) => <Choice items={items} onClose={onClose} />}
      </Answered>
    </Modal>
  );
}

function Choice({ items, onClose }: { items: ProviderForm[]; onClose: () => void }) {
  const [chosen, setChosen] = useState(items[0]?.provider ?? '');
  const provider = items.find((each) => each.provider === chosen);
  return (
    <Stack gap="md">
      <Radio.Group label="Where the calendar is" value={chosen} onChange={setChosen}>
        <Group mt="xs" gap="sm">
          {items.map((each) => (
            <Radio key={each.provider} value={each.provider} label={wordsOf(each)} />
          ))}
        </Group>
      </Radio.Group>
      {provider && <Connect key={provider.provider} provider={provider} onClose={onClose} />}
    </Stack>
  );
}

/** A provider without accounts is there to try things out. */
function wordsOf({ name, credential, signIn }: ProviderForm): string {
  return credential || signIn ? name : `A ${name} one, to try it out`;
}

function Connect({ provider, onClose }: { provider: ProviderForm; onClose: () => void }) {
  const { timeZone } = useOffice();
  const navigate = useNavigate();
  const connect = useChange('connectCalendar');
  const form = useConnectionForm({
    name: '',
    key: '',
    timeZone: provider.asksTimeZone ? timeZone : null,
    settings: settingsOf(provider),
  });
  const takesKey = provider.credential !== null || provider.signIn === null;
  const signIn = useSignIn(provider, form, { isOnlyWay: !takesKey, isEdit: false });
  const connectByKey = form.onSubmit((values) =>
    connect.mutate(
      {
        body: {
          name: values.name,
          provider: provider.provider,
          settings: settingsToSend(values.settings, false),
          ...(values.key === '' ? {} : { key: values.key }),
          ...(values.timeZone === null ? {} : { timeZone: values.timeZone }),
        },
      },
      {
        onSuccess: ({ id, name }) => {
          sayDone(`“${name}” is connected.`);
          void navigate(`/office/calendars/${id}`);
        },
        onError: (problem) => void showInForm(form, problem),
      },
    ),
  );
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    if (takesKey) {
      connectByKey(event);
      return;
    }
    event.preventDefault();
    signIn.begin();
  };
  const failure = connect.error ?? signIn.problem;
  const problem = hasField(form, failure?.field ?? null) ? null : failure;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="What you call it"
          description="Such as Front desk, or the name of whose calendar it is"
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <ConnectionFields provider={provider} form={form} />
        <SignInNotice provider={provider} signIn={signIn} />
        <ProblemNotice problem={problem} title="It is not connected" />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {provider.signIn && <SignInButton provider={provider} signIn={signIn} />}
          {takesKey && (
            <Button type="submit" loading={connect.isPending}>
              Connect
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
