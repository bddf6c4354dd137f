import '@mantine/charts/styles.css';
import { Alert, Button, SimpleGrid, Stack } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import type { Analytics } from './analytics-words.ts';
import { CalendarTable } from './calendar-table.tsx';
import { CallsChart } from './calls-chart.tsx';
import { DemandMap } from './demand-map.tsx';
import { FigureTiles } from './figure-tiles.tsx';
import { Funnel } from './funnel.tsx';
import { HourMap } from './hour-map.tsx';
import { ModelTable } from './model-table.tsx';
import { OutcomeTable } from './outcome-table.tsx';
import { RangeControls } from './range-controls.tsx';
import { TruthTable } from './truth-table.tsx';
import { WaitChart } from './wait-chart.tsx';

const USUAL_DAYS = '30';

/** What callers did, what came of it, and whether what they heard was true. */
export function AnalyticsPage() {
  const { organization } = useOffice();
  const [search, setSearch] = useSearchParams();
  const days = search.get('days') ?? USUAL_DAYS;
  const agent = search.get('agent');
  const query = { days, ...(agent === null ? {} : { agent }) };
  const analytics = useAnswer('getAnalytics', { query });
  const choose = (name: 'days' | 'agent', value: string | null): void => {
    setSearch(
      (given) => {
        if (value === null) given.delete(name);
        else given.set(name, value);
        return given;
      },
      { replace: true },
    );
  };
  const file = `/api/v1/organizations/${organization.id}/analytics/export`;
  return (
    <>
      <PageHead
        title="Analytics"
        words="What callers asked for, what came of it, and whether what they heard was true."
      >
        <Button
          component="a"
          href={`${file}?${new URLSearchParams(query).toString()}`}
          download
          variant="default"
          leftSection={<Icon name="download" size={16} />}
        >
          Save as CSV
        </Button>
      </PageHead>
      <Stack gap="lg">
        <RangeControls
          days={days}
          agent={agent}
          onDays={(value) => choose('days', value)}
          onAgent={(value) => choose('agent', value)}
        />
        <Answered of={analytics}>
          {(answer) => (answer.calls === 0 ? <NoCalls /> : <Figures analytics={answer} />)}
        </Answered>
      </Stack>
    </>
  );
}

function NoCalls() {
  return (
    <EmptyState icon="analytics" title="No calls in these days">
      Figures appear a minute after the first call. Choose more days, or call the agent yourself.
    </EmptyState>
  );
}

function Figures({ analytics }: { analytics: Analytics }) {
  return (
    <Stack gap="lg">
      <FigureTiles analytics={analytics} />
      {!analytics.isCostComplete && (
        <Alert icon={<Icon name="alert" />} color="yellow" title="The cost is not complete">
          Some answers came from a model without a known price: they cost more than is shown.
        </Alert>
      )}
      <CallsChart analytics={analytics} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Funnel analytics={analytics} />
        <TruthTable analytics={analytics} />
        <WaitChart analytics={analytics} />
        <OutcomeTable analytics={analytics} />
      </SimpleGrid>
      <HourMap analytics={analytics} />
      <DemandMap analytics={analytics} />
      <CalendarTable analytics={analytics} />
      <ModelTable analytics={analytics} />
    </Stack>
  );
}
