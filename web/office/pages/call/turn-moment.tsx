import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { writeWait } from '../../components/call-words.ts';
import classes from './call.module.css';
import { SentenceEvidence } from './sentence-evidence.tsx';
import type { Sentence, Turn, WholeCall } from './whole-call.ts';

const MEDIA: Record<string, string> = { text: 'typed', keys: 'keyed in' };

/** What one side said, with the evidence beside it. */
export function TurnMoment({ turn, call }: { turn: Turn; call: WholeCall }) {
  const { role, text, medium, interrupted, latency, sentences } = turn;
  const notes = [
    ...(medium === null || medium === 'speech' ? [] : [MEDIA[medium] ?? medium]),
    ...(interrupted ? ['interrupted'] : []),
    ...(latency === null ? [] : [`after ${writeWait(latency)}`]),
  ];
  return (
    <div className={classes['beside']} {...(sentences.length > 0 ? { 'data-claims': true } : {})}>
      <div>
        <Group gap="xs">
          <Text
            size="sm"
            fw={600}
            {...(role === 'agent' ? { c: 'var(--mantine-color-anchor)' } : {})}
          >
            {role === 'agent' ? call.agentName : 'Caller'}
          </Text>
          {notes.length > 0 && (
            <Text size="xs" c="dimmed">
              {notes.join(', ')}
            </Text>
          )}
        </Group>
        <Text className={classes['said'] ?? ''}>{markClaims(text, sentences)}</Text>
      </div>
      {sentences.length > 0 && (
        <Stack gap="xs">
          {sentences.map((sentence) => (
            <SentenceEvidence key={sentence.start} sentence={sentence} call={call} />
          ))}
        </Stack>
      )}
    </div>
  );
}

/** The text, with what it claims marked. Sentences do not overlap but where one was cut for its length. */
function markClaims(text: string, sentences: readonly Sentence[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end, verdict } of sentences) {
    const from = Math.max(at, start);
    if (end <= from) continue;
    const said = text.slice(from, end);
    const lead = said.length - said.trimStart().length;
    parts.push(
      text.slice(at, from + lead),
      <mark key={start} className={classes['claim']} data-verdict={verdict}>
        {said.trimStart()}
      </mark>,
    );
    at = end;
  }
  return [...parts, text.slice(at)];
}
