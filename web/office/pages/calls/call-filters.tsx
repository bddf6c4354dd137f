import { Button, Group, Paper, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useSearchParams } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import { LINE_WORDS, OUTCOME_WORDS } from '../../components/call-words.ts';
import { FILTERS, isNarrowed } from './filter.ts';
import type { Filter } from './filter.ts';

const TRUTH_WORDS = {
  corrected: 'Something was taken back',
  stopped: 'Something was stopped',
  any: 'Taken back or stopped',
  none: 'Nothing was false',
};
/** Milliseconds without a key after which what was typed counts. */
const PAUSE = 400;

const toOptions = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** Narrows the list; the address of the page says how, and can be sent to somebody. */
export function CallFilters() {
  const [search, setSearch] = useSearchParams();
  const [isOpen, { toggle }] = useDisclosure(isNarrowed(search));
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const agents = useAnswer('listAgents', { query: { limit: '200' } });
  const set = (name: Filter, value: string | null): void => {
    setSearch(
      (earlier) => {
        const next = new URLSearchParams(earlier);
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  };
  const setLater = useDebouncedCallback(set, PAUSE);
  const select = (name: Filter, label: string, data: { value: string; label: string }[]) => (
    <Select
      label={label}
      placeholder="Any"
      data={data}
      value={search.get(name)}
      onChange={(value) => set(name, value)}
      clearable
    />
  );
  const typed = (name: Filter, label: string, placeholder: string) => (
    <TextInput
      // Emptied from outside, it is drawn anew.
      key={`${name} ${search.get(name) === null}`}
      label={label}
      placeholder={placeholder}
      defaultValue={search.get(name) ?? ''}
      onChange={({ currentTarget: { value } }) => setLater(name, value)}
    />
  );
  const day = (name: Filter, label: string) => (
    <TextInput
      type="date"
      label={label}
      value={search.get(name) ?? ''}
      onChange={({ currentTarget: { value } }) => set(name, value)}
    />
  );
  const clear = (): void => {
    setSearch(
      (earlier) =>
        new URLSearchParams([...earlier].filter(([name]) => !FILTERS.includes(name as Filter))),
      { replace: true },
    );
  };
  if (!isWide && !isOpen) {
    return (
      <Button variant="default" mb="md" onClick={toggle} aria-expanded={false}>
        Filter
      </Button>
    );
  }
  return (
    <Paper withBorder p="md" mb="md" component="search">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        {typed('text', 'Words said', 'toothache')}
        {typed('number', 'Number', '+1202… or last digits')}
        {select('outcome', 'Outcome', toOptions(OUTCOME_WORDS))}
        {select('truth', 'Truth', toOptions(TRUTH_WORDS))}
        {select(
          'agent',
          'Agent',
          (agents.data?.items ?? []).map(({ slug, name }) => ({ value: slug, label: name })),
        )}
        {select('line', 'Line', toOptions(LINE_WORDS))}
        {day('from', 'From')}
        {day('to', 'To')}
      </SimpleGrid>
      {(isNarrowed(search) || !isWide) && (
        <Group mt="sm" gap="xs">
          {isNarrowed(search) && (
            <Button variant="subtle" size="compact-sm" onClick={clear}>
              Clear filters
            </Button>
          )}
          {!isWide && (
            <Button variant="subtle" size="compact-sm" onClick={toggle} aria-expanded>
              Hide
            </Button>
          )}
        </Group>
      )}
    </Paper>
  );
}
