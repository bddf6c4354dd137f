import { Table, Text } from '@mantine/core';

type Fields = Record<string, unknown> | null;

/** What was so before and is so after, a row a field. */
export function ChangedFields({ before, after }: { before: Fields; after: Fields }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return null;
  return (
    <Table fz="sm" layout="fixed" mt="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Field</Table.Th>
          {before && <Table.Th>Before</Table.Th>}
          {after && <Table.Th>After</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {names.map((name) => (
          <Table.Tr key={name}>
            <Table.Td>{name}</Table.Td>
            {before && (
              <Table.Td>
                <Value value={before[name]} />
              </Table.Td>
            )}
            {after && (
              <Table.Td>
                <Value value={after[name]} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Value({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === '') {
    return (
      <Text size="sm" c="dimmed">
        nothing
      </Text>
    );
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      {text}
    </Text>
  );
}
