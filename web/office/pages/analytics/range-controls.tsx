import { Group, NativeSelect } from '@mantine/core';
import { useItems } from '../../api/hooks.ts';

const RANGES = [
  { value: '1', label: 'Today' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
  { value: '365', label: 'Last 365 days' },
];

interface RangeControlsProps {
  days: string;
  /** A slug; null: all of them. */
  agent: string | null;
  onDays: (days: string) => void;
  onAgent: (slug: string | null) => void;
}

/** Which days, and whose. */
export function RangeControls({ days, agent, onDays, onAgent }: RangeControlsProps) {
  const { items: agents = [] } = useItems('listAgents', { query: { limit: '200' } });
  const known = RANGES.some(({ value }) => value === days)
    ? RANGES
    : [...RANGES, { value: days, label: `Last ${days} days` }];
  return (
    <Group gap="sm">
      <NativeSelect
        label="Days"
        data={known}
        value={days}
        onChange={({ currentTarget }) => onDays(currentTarget.value)}
      />
      <NativeSelect
        label="Agent"
        data={[
          { value: '', label: 'All agents' },
          ...agents.map(({ slug, name }) => ({ value: slug, label: name })),
        ]}
        value={agent ?? ''}
        onChange={({ currentTarget }) => onAgent(currentTarget.value || null)}
      />
    </Group>
  );
}
