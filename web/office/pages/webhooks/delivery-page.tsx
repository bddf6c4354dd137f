import { Button, Code, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useParams } from 'react-router';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { Instant } from '../../components/instant.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { scrolled } from '../../components/scrolled.ts';
import { useOffice } from '../../office.ts';
import { DeliveryState } from './endpoint-state.tsx';

type Delivery = AnswerOf<'getWebhookDelivery'>;

/** Milliseconds after which it is read again. */
const EVERY = 3_000;

/** One delivery: what was sent, and every attempt. */
export function WebhookDeliveryPage() {
  const { endpointId = '', deliveryId = '' } = useParams();
  const params = { endpointId, deliveryId };
  const delivery = useAnswer('getWebhookDelivery', { params, every: EVERY });
  const resend = useChange('resendWebhookDelivery');
  const { may } = useOffice();
  return (
    <Answered of={delivery}>
      {(answer) => (
        <>
          <PageHead
            title={answer.type}
            back={{ to: `/office/webhooks/${endpointId}`, words: 'The endpoint' }}
          >
            {may('webhooks:write') && answer.body !== null && (
              <Button
                loading={resend.isPending}
                onClick={() =>
                  resend.mutate({ params }, { onSuccess: () => sayDone('It is sent once more.') })
                }
              >
                Send again
              </Button>
            )}
          </PageHead>
          <Stack gap="lg">
            <ProblemNotice problem={resend.error} />
            <Text component="div">
              <DeliveryState state={answer.state} /> of <Instant at={answer.createdAt} />
              {answer.dueAt !== null && (
                <>
                  . Next attempt: <Instant at={answer.dueAt} />
                </>
              )}
            </Text>
            <Attempts log={answer.log} />
            <Body delivery={answer} />
          </Stack>
        </>
      )}
    </Answered>
  );
}

function Attempts({ log }: { log: Delivery['log'] }) {
  return (
    <section aria-labelledby="attempts">
      <Title order={2} fz="xl" mb="xs" id="attempts">
        Attempts
      </Title>
      {log.length === 0 ? (
        <Text c="dimmed">There was none yet: the background jobs send it.</Text>
      ) : (
        <Table.ScrollContainer
          minWidth={480}
          scrollAreaProps={{ viewportProps: scrolled('Attempts') }}
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>When</Table.Th>
                <Table.Th>Answer</Table.Th>
                <Table.Th>Took</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {log.map(({ at, milliseconds, status, error, answer }) => (
                <Table.Tr key={at}>
                  <Table.Td>
                    <Instant at={at} />
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm">{error ?? `${status ?? ''}: it was received.`}</Text>
                    {answer !== null && <Code block>{answer}</Code>}
                  </Table.Td>
                  <Table.Td>{`${milliseconds} ms`}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

function Body({ delivery: { body, eventId } }: { delivery: Delivery }) {
  return (
    <section aria-labelledby="body">
      <Title order={2} fz="xl" mb="xs" id="body">
        What is sent
      </Title>
      <Paper withBorder p="sm">
        <Text size="sm" c="dimmed" mb="xs" style={{ overflowWrap: 'anywhere' }}>
          webhook-id: {eventId}
        </Text>
        {body === null ? (
          <Text>Whom it named is forgotten: it is kept no more, and cannot be sent again.</Text>
        ) : (
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {readable(body)}
          </Code>
        )}
      </Paper>
    </section>
  );
}

/** With its lines apart; what is sent has none. */
function readable(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2);
}
