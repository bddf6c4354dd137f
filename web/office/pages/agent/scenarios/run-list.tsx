import { Box, Group, List, Stack, Text, ThemeIcon } from '@mantine/core';
import { Icon } from '../../../components/icon.tsx';
import type { IconName } from '../../../components/icon.tsx';
import { Instant } from '../../../components/instant.tsx';
import classes from '../agent.module.css';
import type { AgentScenario } from './use-scenarios.ts';

interface Words {
  icon: IconName;
  color: string;
  words: string;
}

/** How a scenario stands with the draft as it is. */
function stateOf({ run }: AgentScenario): Words {
  if (!run) return { icon: 'clock', color: 'gray', words: 'Not played yet' };
  if (run.state === 'waiting') return { icon: 'clock', color: 'blue', words: 'Waits' };
  if (run.state === 'running') return { icon: 'clock', color: 'blue', words: 'Is being played' };
  if (!run.isOfDraft) {
    return { icon: 'alert', color: 'yellow', words: 'The draft was changed since' };
  }
  return run.state === 'passed'
    ? { icon: 'check', color: 'teal', words: 'Passed' }
    : { icon: 'cross', color: 'red', words: 'Failed' };
}

/** Scenarios, each with how it went and why. */
export function RunList({ items }: { items: readonly AgentScenario[] }) {
  return (
    <List listStyleType="none" spacing="sm" center={false}>
      {items.map((item) => (
        <List.Item key={item.scenario}>
          <Played item={item} />
        </List.Item>
      ))}
    </List>
  );
}

function Played({ item }: { item: AgentScenario }) {
  const { icon, color, words } = stateOf(item);
  const { run } = item;
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon color={color} variant="light" radius="xl" size={26}>
        <Icon name={icon} size={16} />
      </ThemeIcon>
      <Stack gap={2} miw={0}>
        <Text size="sm" fw={600} className={classes['words'] ?? ''}>
          {item.name}
        </Text>
        <Text size="sm" c="dimmed">
          {words}
          {run?.endedAt && (
            <>
              {' · '}
              <Instant at={run.endedAt} />
            </>
          )}
        </Text>
        {run?.failures.map((failure) => (
          <Text size="sm" key={failure} className={classes['words'] ?? ''}>
            {failure}
          </Text>
        ))}
        {run?.transcript && (
          <details>
            <summary className={classes['summary'] ?? ''}>What was said</summary>
            {/* Scrolled by keys too. */}
            <Box
              component="section"
              className={classes['transcript'] ?? ''}
              tabIndex={0}
              aria-label={`What was said: ${item.name}`}
            >
              {run.transcript}
            </Box>
          </details>
        )}
      </Stack>
    </Group>
  );
}
