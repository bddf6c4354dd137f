import { Box, Button, Group, Paper, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { FigureTable, PlainTable } from './figure-table.tsx';
import type { FigureTableProps } from './figure-table.tsx';

interface ChartCardProps {
  title: string;
  /** What it says, in a sentence. */
  words?: ReactNode;
  /** A drawing, which nobody hears. */
  chart: ReactNode;
  /** The same as a table. */
  table: FigureTableProps;
}

/** A chart with its table behind it: heard by who cannot see it, and shown to who asks for it. */
export function ChartCard({ title, words, chart, table }: ChartCardProps) {
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  return (
    <Card
      title={title}
      words={words}
      id={id}
      action={
        <Button
          size="compact-sm"
          variant="subtle"
          aria-describedby={id}
          onClick={() => setIsTable(!isTable)}
        >
          {isTable ? 'Show the chart' : 'Show the table'}
        </Button>
      }
    >
      {isTable ? (
        <FigureTable {...table} />
      ) : (
        <>
          <Box aria-hidden="true">{chart}</Box>
          <VisuallyHidden>
            <PlainTable {...table} />
          </VisuallyHidden>
        </>
      )}
    </Card>
  );
}

/** Figures under a heading. */
export function Card(props: {
  title: string;
  words?: ReactNode;
  id?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="xs">
        <div>
          <Group justify="space-between" gap="xs">
            <Title order={2} fz="md" id={props.id}>
              {props.title}
            </Title>
            {props.action}
          </Group>
          {props.words !== undefined && (
            <Text size="sm" c="dimmed">
              {props.words}
            </Text>
          )}
        </div>
        {props.children}
      </Stack>
    </Paper>
  );
}
