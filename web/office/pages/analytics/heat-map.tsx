import { Table } from '@mantine/core';
import { scrolled } from '../../components/scrolled.ts';
import classes from './heat-map.module.css';

const SHADES = 5;

export interface HeatCell {
  /** 0 to 1: how dark it is. */
  heat: number;
  /** What stands in it; empty of nothing. */
  words: string;
}

interface HeatMapProps {
  caption: string;
  /** The first is over the names of the rows. */
  head: readonly string[];
  rows: readonly { name: string; cells: readonly HeatCell[] }[];
}

/** A table whose cells are the darker the more is in them: seen as a chart, and heard as a table. */
export function HeatMap({ caption, head, rows }: HeatMapProps) {
  return (
    <Table.ScrollContainer
      minWidth={Math.min(520, head.length * 64)}
      scrollAreaProps={{ viewportProps: scrolled(caption) }}
    >
      <Table aria-label={caption} withRowBorders={false} className={classes['map'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            {head.map((words) => (
              <Table.Th key={words} ta="center" fz="xs">
                {words}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, cells }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fz="xs">
                {name}
              </Table.Th>
              {cells.map(({ heat, words }, place) => (
                <Table.Td
                  key={head[place + 1]}
                  className={classes['cell'] ?? ''}
                  data-shade={Math.ceil(heat * SHADES)}
                >
                  {words}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
