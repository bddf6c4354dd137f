import { Badge, Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';

interface SectionProps {
  title: string;
  /** Beside the title; nothing of none. */
  count?: number;
  color?: string;
  children: ReactNode;
}

/** A part of the page, with its heading. */
export function Section({ title, count = 0, color, children }: SectionProps) {
  const id = useId();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Group gap="xs" mb="sm">
        <Title order={2} fz="lg" id={id}>
          {title}
        </Title>
        {count > 0 && (
          <Badge variant="light" circle={count < 10} {...(color === undefined ? {} : { color })}>
            {count}
          </Badge>
        )}
      </Group>
      {children}
    </Paper>
  );
}
