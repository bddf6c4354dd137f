import { Stack } from '@mantine/core';
import { Answered } from '../../components/answered.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { PersonSection } from './person-section.tsx';
import { useSession } from './queries.ts';
import { SecondStepSection } from './second-step-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** What belongs to whoever has signed in, in every organization. */
export function AccountPage() {
  const session = useSession();
  return (
    <>
      <PageHead title="Your account" words="It is the same in every organization you are in." />
      <Answered of={session}>
        {({ user, session: { id } }) => (
          <Stack gap="md">
            <PersonSection user={user} />
            <PasswordSection />
            <SecondStepSection isOn={user.twoFactorEnabled === true} />
            <PasskeysSection />
            <SessionsSection ownId={id} />
          </Stack>
        )}
      </Answered>
    </>
  );
}
