import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Over a list of the page, with the button that adds to it. */
export function ListHead({
  title,
  words,
  children,
}: {
  title: string;
  words: string;
  children?: ReactNode;
}) {
  return (
    <Group justify="space-between" align="flex-end" gap="sm" mb="sm">
      <div>
        <Title order={2} fz="lg">
          {title}
        </Title>
        <Text size="sm" c="dimmed" maw="36rem">
          {words}
        </Text>
      </div>
      {children}
    </Group>
  );
}
