import { Alert, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useChange } from '../../../api/hooks.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { useOffice } from '../../../office.ts';
import { ChooseDialog } from './choose-dialog.tsx';
import { RunList } from './run-list.tsx';
import type { Scenarios } from './use-scenarios.ts';

interface ScenariosPanelProps {
  slug: string;
  scenarios: Scenarios;
  /** Saves what is in the form; answers whether all of it is. */
  prepare: () => Promise<boolean>;
}

/** What a draft must pass before callers meet it, played from here. */
export function ScenariosPanel({ slug, scenarios, prepare }: ScenariosPanelProps) {
  const { may } = useOffice();
  const play = useChange('playScenarios');
  const [isChoosing, dialog] = useDisclosure(false);
  const { of, required, isPlaying } = scenarios;
  async function playAll(): Promise<void> {
    if (await prepare()) play.mutate({ params: { slug }, body: {} });
  }
  return (
    <Paper component="section" withBorder p={{ base: 'md', sm: 'lg' }} aria-label="Scenarios">
      <Stack gap="sm">
        <Title order={2} fz="lg">
          Scenarios
        </Title>
        <Text size="sm" c="dimmed">
          {required.length === 0
            ? 'Calls that prove a draft before callers meet it: played by text, each on a calendar of its own. None must pass yet.'
            : 'These must pass before a draft is published. They are played by text, each on a calendar of its own.'}
        </Text>
        {of.data?.canPlay === false && <NothingPlays />}
        {isPlaying && <Progressing scenarios={scenarios} />}
        {required.length > 0 && <RunList items={required} />}
        <ProblemNotice problem={of.error ?? play.error} />
        <Group gap="xs">
          {required.length > 0 && may('agents:test') && (
            <Button
              variant="light"
              loading={play.isPending || isPlaying}
              disabled={of.data?.canPlay !== true}
              onClick={() => void playAll()}
            >
              Play them
            </Button>
          )}
          {may('agents:gate') && (
            <Button variant="default" onClick={dialog.open}>
              Choose scenarios
            </Button>
          )}
        </Group>
      </Stack>
      {isChoosing && of.data && (
        <ChooseDialog slug={slug} items={of.data.items} onClose={dialog.close} />
      )}
    </Paper>
  );
}

function NothingPlays() {
  return (
    <Alert color="yellow" title="Nothing plays scenarios here now">
      <Text size="sm">
        <code>npm start</code> runs a rehearser with the office. With a model of your own set{' '}
        <code>OFFICE_REHEARSER=1</code>; on a server, docs/office.md says how to run one.
      </Text>
    </Alert>
  );
}

function Progressing({ scenarios: { required } }: { scenarios: Scenarios }) {
  const ended = required.filter(({ run }) => run?.state === 'passed' || run?.state === 'failed');
  const words = `${ended.length} of ${required.length} played`;
  return (
    <div>
      <Progress.Root size="sm">
        <Progress.Section
          value={(100 * ended.length) / Math.max(1, required.length)}
          aria-label="Scenarios played"
        />
      </Progress.Root>
      <Text size="sm" component="output" display="block" mt={4}>
        {words}
      </Text>
    </div>
  );
}
