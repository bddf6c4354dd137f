import { Group, List, Stack, Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import type { AnswerOf } from '../api/route-types.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export type Finding = AnswerOf<'examineCalendar'>['findings'][number];

const STATES: Record<Finding['state'], { color: string; icon: IconName; words: string }> = {
  ok: { color: 'teal', icon: 'check', words: 'Works' },
  warning: { color: 'yellow', icon: 'alert', words: 'Look at this' },
  failed: { color: 'red', icon: 'cross', words: 'Does not work' },
  skipped: { color: 'gray', icon: 'clock', words: 'Not looked at' },
};

/** What the doctor calls its steps, in words for who has not built it. */
const PARTS: Record<string, string> = {
  key: 'Key',
  account: 'Account',
  API: 'Answer',
  'time zone': 'Time zone',
  'event type': 'Event type',
  slots: 'Free times',
  webhook: 'News of changes',
  sync: 'Sync',
  trunk: 'Trunk',
  number: 'Number',
  LiveKit: 'Phone server',
};

/** What was looked at, step by step, and what to do about it. */
export function Checklist({ findings }: { findings: readonly Finding[] }) {
  return (
    <List listStyleType="none" spacing="sm" center={false}>
      {findings.map((finding) => (
        <List.Item key={`${finding.part} ${finding.of} ${finding.found}`}>
          <Step {...finding} />
        </List.Item>
      ))}
    </List>
  );
}

function Step({ part, of, state, found, remedy }: Finding) {
  const { color, icon, words } = STATES[state];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon color={color} variant="light" radius="xl" size={26}>
        <Icon name={icon} size={16} />
      </ThemeIcon>
      <Stack gap={2} miw={0}>
        <Text component="div">
          <VisuallyHidden>{`${words}: `}</VisuallyHidden>
          <Text span fw={600}>
            {PARTS[part] ?? part}
          </Text>
          {of !== null && ` of ${of}`}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {asSentence(found)}
        </Text>
        {remedy !== null && (
          <Text size="sm" component="div">
            {asSentence(remedy)}
          </Text>
        )}
      </Stack>
    </Group>
  );
}

function asSentence(words: string): string {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
