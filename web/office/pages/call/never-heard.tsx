import { Group, Text } from '@mantine/core';
import { Icon } from '../../components/icon.tsx';
import classes from './call.module.css';
import { whyWords } from './evidence-words.ts';
import type { Correction } from './whole-call.ts';

/** What the agent was about to say, and what was said instead. */
export function NeverHeard({ correction }: { correction: Correction }) {
  const { kind, words, why, instead } = correction;
  return (
    <div
      className={classes['evidence']}
      data-verdict={kind === 'stopped' ? 'unproven' : 'corrected'}
    >
      <Group gap={4} wrap="nowrap" c={kind === 'stopped' ? 'dimmed' : 'var(--mantine-color-error)'}>
        <Icon name="cross" size={16} />
        <Text size="sm" fw={600}>
          {kind === 'stopped' ? 'Stopped before it was heard' : 'Taken back'}
          {why !== null && `: ${whyWords(why)}`}
        </Text>
      </Group>
      {words !== null && (
        <Text size="sm" td="line-through" className={classes['said'] ?? ''}>
          {words}
        </Text>
      )}
      {instead !== null && (
        <Text size="sm" className={classes['said'] ?? ''}>
          Said instead: “{instead}”
        </Text>
      )}
    </div>
  );
}
