import { Modal, Table, Text } from '@mantine/core';
import { useItems } from '../../api/hooks.ts';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import type { Alert } from './alert-words.ts';
import { writeValue } from './alert-words.ts';

/** When an alert was raised, and when that was over. */
export function AlertHistory({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const changes = useItems('listAlertChanges', { params: { alertId: alert.id } });
  return (
    <Modal opened onClose={onClose} title={`${alert.name}: history`} centered>
      <MoreList list={changes} empty={<Text>It was never raised.</Text>}>
        {(items) => (
          <Table aria-label="History">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>When</Table.Th>
                <Table.Th>What</Table.Th>
                <Table.Th ta="right">Measured</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ id, changedAt, state, value }) => (
                <Table.Tr key={id}>
                  <Table.Td>
                    <Instant at={changedAt} />
                  </Table.Td>
                  <Table.Td>{state === 'raised' ? 'Raised' : 'Over'}</Table.Td>
                  <Table.Td ta="right">{writeValue(alert.measure, value)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </MoreList>
    </Modal>
  );
}
