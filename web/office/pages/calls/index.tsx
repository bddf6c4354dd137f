import { Button } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useItems } from '../../api/hooks.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { CallFilters } from './call-filters.tsx';
import { CallList } from './call-list.tsx';
import { isNarrowed, toQuery } from './filter.ts';

export function CallsPage() {
  const { organization, timeZone } = useOffice();
  const [search] = useSearchParams();
  const query = toQuery(search, timeZone);
  const list = useItems('listCalls', { query });
  const exported = new URLSearchParams(query as Record<string, string>).toString();
  return (
    <>
      <PageHead title="Calls" words="What every caller was told, and what came of it.">
        <Button
          component="a"
          variant="default"
          href={`/api/v1/organizations/${organization.id}/calls-export?${exported}`}
          leftSection={<Icon name="download" size={16} />}
          download
        >
          Export CSV
        </Button>
      </PageHead>
      <CallFilters />
      <MoreList
        list={list}
        empty={
          isNarrowed(search) ? (
            <EmptyState icon="search" title="No call is like that">
              Take a filter away, or look at other days.
            </EmptyState>
          ) : (
            <EmptyState icon="calls" title="Nobody has called yet">
              Talk with an agent on its page, or call a number that it answers: the call is here as
              soon as it begins.
            </EmptyState>
          )
        }
      >
        {(calls) => <CallList calls={calls} />}
      </MoreList>
    </>
  );
}
