import { Anchor, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from 'react-router';
import {
  LINE_WORDS,
  whoCalled,
  writeClock,
  writeCost,
  writeWait,
} from '../../components/call-words.ts';
import type { Call } from '../../components/call-words.ts';
import { Instant } from '../../components/instant.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { TruthBadge } from '../../components/truth-badge.tsx';
import classes from './calls.module.css';

interface CallListProps {
  calls: readonly Call[];
}

/** A table where there is place for one, else a card a call. */
export function CallList({ calls }: CallListProps) {
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  return isWide ? <CallTable calls={calls} /> : <CallCards calls={calls} />;
}

function CallTable({ calls }: CallListProps) {
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Began</Table.Th>
            <Table.Th>Caller</Table.Th>
            <Table.Th>Agent</Table.Th>
            <Table.Th>Line</Table.Th>
            <Table.Th ta="right">Length</Table.Th>
            <Table.Th>Outcome</Table.Th>
            <Table.Th>Truth</Table.Th>
            <Table.Th ta="right">Wait</Table.Th>
            <Table.Th ta="right">Cost</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {calls.map((call) => (
            <Table.Tr key={call.id}>
              <Table.Td className={classes['whole'] ?? ''}>
                <Instant at={call.startedAt} />
              </Table.Td>
              <Table.Td>
                <CallLink call={call} />
              </Table.Td>
              <Table.Td className={classes['agent'] ?? ''}>{call.agent}</Table.Td>
              <Table.Td>{LINE_WORDS[call.line]}</Table.Td>
              <Table.Td ta="right">{lengthOf(call)}</Table.Td>
              <Table.Td className={classes['whole'] ?? ''}>
                <OutcomeBadge {...call} />
              </Table.Td>
              <Table.Td className={classes['whole'] ?? ''}>
                <TruthBadge {...call.truth} />
              </Table.Td>
              <Table.Td ta="right" className={classes['whole'] ?? ''}>
                {writeWait(call.medianLatency)}
              </Table.Td>
              <Table.Td ta="right">{call.cost === null ? '–' : writeCost(call.cost)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function CallCards({ calls }: CallListProps) {
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {calls.map((call) => (
        <Paper key={call.id} component="li" withBorder p="sm">
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <CallLink call={call} />
            <OutcomeBadge {...call} />
          </Group>
          <Group justify="space-between" gap="xs" mt={4}>
            <Text size="sm" c="dimmed">
              <Instant at={call.startedAt} /> · {LINE_WORDS[call.line]}
              {call.endedAt !== null && ` · ${lengthOf(call)}`}
            </Text>
            <TruthBadge {...call.truth} />
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}

function CallLink({ call }: { call: Call }) {
  return (
    <Anchor component={Link} to={`/office/calls/${call.id}`} fw={600} truncate>
      {whoCalled(call)}
    </Anchor>
  );
}

function lengthOf({ startedAt, endedAt }: Call): string {
  if (endedAt === null) return '–';
  return writeClock(Date.parse(endedAt) - Date.parse(startedAt));
}
