import { Group, Text } from '@mantine/core';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { writeInstant } from '../../components/instant.tsx';
import { useOffice } from '../../office.ts';
import classes from './call.module.css';
import { tellEvidence, VERDICT_WORDS, whyWords } from './evidence-words.ts';
import type { Sentence, WholeCall } from './whole-call.ts';

const LOOKS: Record<Sentence['verdict'], { icon: IconName; color: string }> = {
  true: { icon: 'check', color: 'var(--good)' },
  corrected: { icon: 'cross', color: 'var(--mantine-color-error)' },
  false: { icon: 'cross', color: 'var(--mantine-color-error)' },
  unproven: { icon: 'alert', color: 'var(--mantine-color-dimmed)' },
};

/** Whether a sentence was true, and by what that is known. */
export function SentenceEvidence({ sentence, call }: { sentence: Sentence; call: WholeCall }) {
  const { timeZone } = useOffice();
  const { verdict, why, evidence, correction } = sentence;
  const { icon, color } = LOOKS[verdict];
  const write = (at: string): string => writeInstant(at, timeZone, 'moment');
  return (
    <div className={classes['evidence']} data-verdict={verdict}>
      <Group gap={4} wrap="nowrap" c={color}>
        <Icon name={icon} size={16} />
        <Text size="sm" fw={600}>
          {VERDICT_WORDS[verdict]}
          {why !== null && `: ${whyWords(why)}`}
        </Text>
      </Group>
      {evidence.map((one) => (
        <Text
          key={`${one.kind} ${one.id ?? one.words ?? one.start}`}
          size="sm"
          className={classes['said'] ?? ''}
        >
          {tellEvidence(one, call, write)}
        </Text>
      ))}
      {correction !== null && (
        <Text size="sm" className={classes['said'] ?? ''}>
          Then said: “{correction}”
        </Text>
      )}
    </div>
  );
}
