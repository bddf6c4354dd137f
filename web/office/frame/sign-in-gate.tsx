import { useLocalStorage } from '@mantine/hooks';
import { lazy, Suspense, useMemo } from 'react';
import { Container } from '@mantine/core';
import { EmptyState } from '../components/empty-state.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { OfficeContext, useMe } from '../office.ts';
import type { Me, Office } from '../office.ts';
import { OrganizationIdContext } from '../organization-id.ts';
import { Frame } from './frame.tsx';
import { Waiting } from './waiting.tsx';

// Who has signed in does not load it.
const SignInPage = lazy(async () => ({
  default: (await import('../entry/sign-in-page.tsx')).SignInPage,
}));

/** Lets in who has signed in; others sign in here, and go on where they wanted to. */
export function SignInGate() {
  const { data: me, error, refetch } = useMe();
  if (me) return <SignedIn me={me} />;
  if (me === null) {
    return (
      <Suspense fallback={<Waiting />}>
        <SignInPage />
      </Suspense>
    );
  }
  if (!error) return <Waiting />;
  return (
    <Container size="xs" py="xl">
      <ProblemNotice
        problem={error}
        title="The office cannot be reached"
        retry={() => void refetch()}
      />
    </Container>
  );
}

function SignedIn({ me }: { me: Me }) {
  const [chosen, setChosen] = useLocalStorage({
    key: 'slotline-organization',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const organization = me.organizations.find(({ id }) => id === chosen) ?? me.organizations[0];
  const office = useMemo<Office | null>(
    () =>
      organization
        ? {
            me,
            organization,
            may: (action) => organization.may.includes(action),
            timeZone: organization.timeZone,
            chooseOrganization: setChosen,
          }
        : null,
    [me, organization, setChosen],
  );
  if (!office) {
    return (
      <Container size="sm" py="xl">
        <EmptyState icon="team" title="You are in no organization">
          You signed in as {me.email}. Ask an owner or an admin for an invitation to this address.
        </EmptyState>
      </Container>
    );
  }
  return (
    <OrganizationIdContext value={office.organization.id}>
      <OfficeContext value={office}>
        <Frame />
      </OfficeContext>
    </OrganizationIdContext>
  );
}
