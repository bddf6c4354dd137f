import { Anchor, Container, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface EntryCardProps {
  title: string;
  words?: ReactNode;
  /** A way to somewhere else, beneath. */
  aside?: { to: string; words: string };
  children?: ReactNode;
}

/** A page before somebody has signed in. */
export function EntryCard({ title, words, aside, children }: EntryCardProps) {
  return (
    <Container component="main" size={440} py={{ base: 'md', xs: 64 }}>
      <title>{`${title} · Slotline`}</title>
      <Paper withBorder p={{ base: 'md', xs: 'xl' }}>
        <Stack gap="md">
          <Title order={1} fz={24}>
            {title}
          </Title>
          {words && <Text c="dimmed">{words}</Text>}
          {children}
          {aside && (
            <Anchor component={Link} to={aside.to} size="sm">
              {aside.words}
            </Anchor>
          )}
        </Stack>
      </Paper>
    </Container>
  );
}
