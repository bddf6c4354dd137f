import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { Answered } from '../../components/answered.tsx';
import { Instant } from '../../components/instant.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { Section } from '../../components/section.tsx';
import { nameBrowser } from './name-browser.ts';
import { useAccountChange, useSessions } from './queries.ts';

/** @param ownId the session of this browser */
export function SessionsSection({ ownId }: { ownId: string }) {
  const sessions = useSessions();
  const end = useAccountChange<{ token: string }>('/revoke-session', () =>
    sayDone('The session has ended'),
  );
  const endOthers = useAccountChange<object>('/revoke-other-sessions', () =>
    sayDone('The other sessions have ended'),
  );
  return (
    <Section
      title="Sessions"
      words="Where you are signed in. One that you do not know: end it, and change the password."
    >
      <ProblemNotice problem={end.error ?? endOthers.error} />
      <Answered of={sessions}>
        {(list) => (
          <Stack gap="xs">
            {list
              .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
              .map(({ id, token, userAgent, ipAddress, createdAt }) => (
                <Group key={id} justify="space-between">
                  <div>
                    <Group gap="xs">
                      <Text>{nameBrowser(userAgent)}</Text>
                      {id === ownId && <Badge variant="light">this one</Badge>}
                    </Group>
                    <Text size="sm" c="dimmed">
                      since <Instant at={createdAt} />
                      {ipAddress === null || ipAddress === '' ? '' : ` from ${ipAddress}`}
                    </Text>
                  </div>
                  {id !== ownId && (
                    <Button
                      variant="default"
                      size="xs"
                      aria-label={`End it: the session of ${nameBrowser(userAgent)}`}
                      loading={end.isPending && end.variables.token === token}
                      onClick={() => end.mutate({ token })}
                    >
                      End it
                    </Button>
                  )}
                </Group>
              ))}
            {list.length > 1 && (
              <Group>
                <Button
                  variant="default"
                  loading={endOthers.isPending}
                  onClick={() => endOthers.mutate({})}
                >
                  End all others
                </Button>
              </Group>
            )}
          </Stack>
        )}
      </Answered>
    </Section>
  );
}
