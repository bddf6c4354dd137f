import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon } from './icon.tsx';

interface PageHeadProps {
  title: string;
  /** A sentence on what the page is for. */
  words?: ReactNode;
  /** Where a detail leads back to: `{ to: '/office/calls', words: 'Calls' }`. */
  back?: { to: string; words: string };
  /** What can be done here: buttons. */
  children?: ReactNode;
}

/** The head of every page: its one h1, the window's title, and what can be done. */
export function PageHead({ title, words, back, children }: PageHeadProps) {
  return (
    <Stack gap={4} mb="lg">
      <title>{`${title} · Slotline`}</title>
      {back && (
        <Anchor component={Link} to={back.to} size="sm">
          <Group gap={4} component="span">
            <Icon name="arrow-left" size={16} />
            {back.words}
          </Group>
        </Anchor>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 18rem">
          <Title order={1} fz={{ base: 24, sm: 28 }}>
            {title}
          </Title>
          {words && (
            <Text c="dimmed" maw="44rem">
              {words}
            </Text>
          )}
        </Stack>
        {children && <Group gap="xs">{children}</Group>}
      </Group>
    </Stack>
  );
}
