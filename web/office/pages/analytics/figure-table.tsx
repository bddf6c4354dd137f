import { Table } from '@mantine/core';
import { scrolled } from '../../components/scrolled.ts';

export interface FigureTableProps {
  caption: string;
  /** The first names the rows. */
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A table of figures: names to the left, figures to the right. */
export function FigureTable(props: FigureTableProps) {
  const { caption, head } = props;
  return (
    <Table.ScrollContainer
      minWidth={Math.min(head.length * 90, 640)}
      scrollAreaProps={{ viewportProps: scrolled(caption) }}
    >
      <PlainTable {...props} />
    </Table.ScrollContainer>
  );
}

/** The same where nothing is scrolled. */
export function PlainTable({ caption, head, rows }: FigureTableProps) {
  return (
    <Table aria-label={caption}>
      <Table.Thead>
        <Table.Tr>
          {head.map((words, place) => (
            <Table.Th key={words} ta={place === 0 ? 'left' : 'right'}>
              {words}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name = '', ...figures]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400}>
              {name}
            </Table.Th>
            {figures.map((figure, place) => (
              <Table.Td key={head[place + 1]} ta="right">
                {figure}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
