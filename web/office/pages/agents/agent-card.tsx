import { Anchor, Badge, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { ItemOf } from '../../api/route-types.ts';
import { whatLacks } from './what-lacks.ts';

/** One agent of the list. */
export function AgentCard({ agent }: { agent: ItemOf<'listAgents'> }) {
  const { slug, name, businessName, enabled, hasDraft, numbers } = agent;
  const lacks = whatLacks(agent);
  return (
    <Paper component="li" withBorder p="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} miw={0}>
          <Title order={2} fz="lg">
            <Anchor component={Link} to={`/office/agents/${slug}`} inherit>
              {name}
            </Anchor>
          </Title>
          <Text>{businessName}</Text>
          <Text size="sm" c="dimmed">
            {[`/a/${slug}`, ...numbers].join(' · ')}
          </Text>
        </Stack>
        <Group gap="xs">
          {hasDraft && (
            <Badge variant="dot" color="yellow">
              Draft not published
            </Badge>
          )}
          <Badge variant="dot" color={enabled ? 'green' : 'gray'}>
            {enabled ? 'Takes calls' : 'Switched off'}
          </Badge>
        </Group>
      </Group>
      {lacks.length > 0 && (
        <List size="sm" mt="xs" aria-label={`What ${name} still lacks`}>
          {lacks.map((words) => (
            <List.Item key={words}>{words}</List.Item>
          ))}
        </List>
      )}
    </Paper>
  );
}
