import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent } from 'react';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { useAsOpened } from '../../components/as-opened.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { hasField, showInForm, useConnectionForm } from './connection-form.ts';
import { settingsOf, settingsToSend } from './provider-fields.tsx';
import type { ProviderForm } from './provider-fields.tsx';
import { SignInButton, SignInNotice, useSignIn } from './sign-in.tsx';

interface EditDialogProps {
  calendar: AnswerOf<'getCalendar'>;
  onClose: () => void;
}

/** Gives a calendar another key or other settings, or connects it again. */
export function EditDialog({ calendar, onClose }: EditDialogProps) {
  const providers = useAnswer('listCalendarProviders');
  const title = calendar.connected
    ? `Change “${calendar.name}”`
    : `Connect “${calendar.name}” again`;
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Answered of={providers}>
        {({ items }) => {
          const provider = items.find((each) => each.provider === calendar.provider);
          return provider && <Edit provider={provider} calendar={calendar} onClose={onClose} />;
        }}
      </Answered>
    </Modal>
  );
}

function Edit({ provider, calendar, onClose }: EditDialogProps & { provider: ProviderForm }) {
  const edit = useChange('editCalendar');
  const from = useAsOpened(calendar);
  const form = useConnectionForm({
    name: calendar.name,
    key: '',
    timeZone: provider.asksTimeZone ? calendar.timeZone : null,
    settings: settingsOf(provider, calendar.settings),
  });
  const isSignedOut = !calendar.connected || calendar.signInAgain !== null;
  const takesKey = provider.credential !== null || !provider.signIn || !isSignedOut;
  const signIn = useSignIn(provider, form, { isOnlyWay: !takesKey, isEdit: true });
  const save = form.onSubmit(({ key, timeZone, settings }) =>
    edit.mutate(
      {
        params: { calendarId: calendar.id },
        from,
        body: {
          settings: settingsToSend(settings, true),
          ...(key === '' ? {} : { key }),
          ...(timeZone === null ? {} : { timeZone }),
        },
      },
      {
        onSuccess: ({ name }) => {
          sayDone(`“${name}” is connected.`);
          onClose();
        },
        onError: (problem) => void showInForm(form, problem),
      },
    ),
  );
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    if (takesKey) {
      save(event);
      return;
    }
    event.preventDefault();
    signIn.begin();
  };
  const failure = edit.error ?? signIn.problem;
  const problem = hasField(form, failure?.field ?? null) ? null : failure;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <ConnectionFields provider={provider} form={form} hasKey={calendar.connected} />
        <SignInNotice provider={provider} signIn={signIn} />
        <ProblemNotice problem={problem} title="Nothing was changed" />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {provider.signIn && <SignInButton provider={provider} signIn={signIn} />}
          {takesKey && (
            <Button type="submit" loading={edit.isPending}>
              {calendar.connected ? 'Save' : 'Connect'}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
