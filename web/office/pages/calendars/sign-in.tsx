import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { useChange } from '../../api/hooks.ts';
import type { ApiProblem } from '../../api/api-problem.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Icon } from '../../components/icon.tsx';
import { showInForm } from './connection-form.ts';
import type { ConnectionForm } from './connection-form.ts';
import { settingsToSend } from './provider-fields.tsx';
import type { ProviderForm } from './provider-fields.tsx';

/** A sign-in at a provider, from a form that says what is connected. */
export interface SignIn {
  begin: () => void;
  isBusy: boolean;
  problem: ApiProblem | null;
  /** Whether the form does nothing else: its own button begins it. */
  isOnlyWay: boolean;
  /** Where to go on, once it has begun and somebody else may have to agree first. */
  begun: AnswerOf<'authorizeCalendar'> | undefined;
}

/** Begins a sign-in and leads there: to another site, from which the browser comes back. */
export function useSignIn(
  provider: ProviderForm,
  form: ConnectionForm,
  { isOnlyWay, isEdit }: { isOnlyWay: boolean; isEdit: boolean },
): SignIn {
  const authorize = useChange('authorizeCalendar');
  const begin = form.onSubmit(({ name, timeZone, settings }) =>
    authorize.mutate(
      {
        body: {
          name,
          provider: provider.provider,
          settings: settingsToSend(settings, isEdit),
          ...(timeZone === null ? {} : { timeZone }),
        },
      },
      {
        onSuccess: ({ url, adminConsentUrl }) => {
          if (adminConsentUrl === null) window.location.assign(url);
        },
        onError: (problem) => void showInForm(form, problem),
      },
    ),
  );
  const { data, isPending, error } = authorize;
  const isLeaving = data?.adminConsentUrl === null;
  return {
    begin: () => begin(),
    isOnlyWay,
    isBusy: isPending || isLeaving,
    problem: error,
    begun: isLeaving ? undefined : data,
  };
}

interface SignInButtonProps {
  provider: ProviderForm;
  signIn: SignIn;
}

export function SignInButton({
  provider,
  signIn: { begin, isBusy, isOnlyWay },
}: SignInButtonProps) {
  const { name, signIn } = provider;
  return (
    <Button
      {...(isOnlyWay ? { type: 'submit' } : { variant: 'default', onClick: begin })}
      loading={isBusy}
      disabled={signIn?.missing !== null}
    >
      Connect with {name}
    </Button>
  );
}

/** What has to happen before somebody can sign in: on this server, or by an administrator. */
export function SignInNotice({ provider, signIn: { begun } }: SignInButtonProps) {
  const missing = provider.signIn?.missing ?? null;
  if (missing !== null) {
    return (
      <Alert color="yellow" icon={<Icon name="alert" />} title="Not set up on this server yet">
        {`Whoever runs it makes a client at ${provider.name} first, and sets ${missing}. The guide to ${provider.name} calendars says how.`}
      </Alert>
    );
  }
  if (!begun?.adminConsentUrl) return null;
  return (
    <Alert color="blue" icon={<Icon name="alert" />} title="An administrator may have to agree">
      <Stack gap="xs">
        <Text size="sm">
          {`Where the account is a company's, its administrator agrees once for everybody, with this link. Then, or where the account is your own, go on to ${provider.name}.`}
        </Text>
        <Anchor href={begun.adminConsentUrl} target="_blank" rel="noreferrer">
          The link for the administrator
        </Anchor>
        <Anchor href={begun.url}>{`Go on to ${provider.name}`}</Anchor>
      </Stack>
    </Alert>
  );
}
