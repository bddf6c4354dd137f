import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useAnswer } from '../../api/hooks.ts';
import { Icon } from '../../components/icon.tsx';
import { useOffice } from '../../office.ts';
import { useShown } from './search.ts';
import { STATE_WORDS } from './state-mark.tsx';

/** Milliseconds without a key after which what was typed counts. */
const PAUSE = 400;

/** Narrows what is shown. */
export function AppointmentFilters() {
  const { may } = useOffice();
  const { shown, show } = useShown();
  const agents = useAnswer('listAgents', {
    query: { limit: '200' },
    enabled: may('agents:read'),
  });
  const findPerson = useDebouncedCallback((words: string) => show('person', words), PAUSE);
  return (
    <Group gap="sm" mb="md" align="flex-end">
      <TextInput
        label="Person"
        placeholder="Name, e-mail or number"
        leftSection={<Icon name="search" size={16} />}
        defaultValue={shown('person') ?? ''}
        onChange={({ currentTarget: { value } }) => findPerson(value.trim())}
        maxLength={200}
      />
      <Select
        label="State"
        placeholder="Any"
        data={Object.entries(STATE_WORDS).map(([value, label]) => ({ value, label }))}
        value={shown('state')}
        onChange={(value) => show('state', value)}
        clearable
        w={160}
      />
      <Select
        label="Agent"
        placeholder="Any"
        data={(agents.data?.items ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
        value={shown('agent')}
        onChange={(value) => show('agent', value)}
        clearable
        w={180}
      />
    </Group>
  );
}
