import { Group, Text } from '@mantine/core';
import { Icon } from '../../components/icon.tsx';
import type { WholeCall } from './whole-call.ts';

/** How much of what was claimed is true. */
export function TruthSummary({ call }: { call: WholeCall }) {
  const sentences = call.turns.flatMap((turn) => turn.sentences);
  if (sentences.length === 0) return null;
  const count = (verdict: string): number =>
    sentences.filter((sentence) => sentence.verdict === verdict).length;
  const wrong = count('corrected') + count('false');
  const words = [
    `${count('true')} of ${sentences.length} claims true`,
    ...(count('corrected') > 0 ? [`${count('corrected')} taken back`] : []),
    ...(count('false') > 0 ? [`${count('false')} false`] : []),
  ];
  return (
    <Group gap={4} wrap="nowrap" c={wrong > 0 ? 'var(--mantine-color-error)' : 'var(--good)'}>
      <Icon name={wrong > 0 ? 'alert' : 'check'} size={16} />
      <Text size="sm" fw={600}>
        {words.join(', ')}
      </Text>
    </Group>
  );
}
