import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of a long form, with its own heading. */
export function Section({
  title,
  words,
  children,
}: {
  title: string;
  words?: string;
  children: ReactNode;
}) {
  return (
    <Paper component="section" withBorder p={{ base: 'md', sm: 'lg' }} aria-label={title}>
      <Stack gap="md">
        <div>
          <Title order={2} fz="lg">
            {title}
          </Title>
          {words !== undefined && (
            <Text size="sm" c="dimmed">
              {words}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
