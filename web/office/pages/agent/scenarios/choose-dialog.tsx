import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useChange } from '../../../api/hooks.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import type { AgentScenario } from './use-scenarios.ts';

interface ChooseDialogProps {
  slug: string;
  items: readonly AgentScenario[];
  onClose: () => void;
}

/** Which scenarios must pass before a draft is published. */
export function ChooseDialog({ slug, items, onClose }: ChooseDialogProps) {
  const choose = useChange('requireScenarios');
  const [removed, setRemoved] = useState<AgentScenario | null>(null);
  const [chosen, setChosen] = useState(
    items.filter(({ isRequired }) => isRequired).map(({ scenario }) => scenario),
  );
  const own = items.filter(({ made }) => made !== null);
  const shipped = items.filter(({ made }) => made === null);
  const known = chosen.filter((scenario) => items.some((each) => each.scenario === scenario));
  const save = (): void =>
    choose.mutate({ params: { slug }, body: { required: known } }, { onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title="Which scenarios must pass" size="lg">
      <Stack gap="lg">
        <Checkbox.Group
          value={chosen}
          onChange={setChosen}
          aria-label="Scenarios that must pass before a draft is published"
        >
          <Stack gap="lg">
            <Choices title="Made of your calls">
              {own.map((item) => (
                <Group key={item.scenario} justify="space-between" wrap="nowrap">
                  <Checkbox value={item.scenario} label={item.name} />
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove ${item.name}`}
                    onClick={() => setRemoved(item)}
                  >
                    Remove
                  </Button>
                </Group>
              ))}
              {own.length === 0 && (
                <Text size="sm" c="dimmed">
                  None yet: on the page of a call, “Make a scenario of it” keeps one.
                </Text>
              )}
            </Choices>
            <Choices title="Of this installation">
              {shipped.map((item) => (
                <Checkbox key={item.scenario} value={item.scenario} label={item.name} />
              ))}
              {shipped.length === 0 && (
                <Text size="sm" c="dimmed">
                  None in the language of this agent are told of now.
                </Text>
              )}
            </Choices>
          </Stack>
        </Checkbox.Group>
        <ProblemNotice problem={choose.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={choose.isPending} onClick={save}>
            {known.length === 0 ? 'Let none have to pass' : `Let ${known.length} have to pass`}
          </Button>
        </Group>
      </Stack>
      <RemoveDialog item={removed} onClose={() => setRemoved(null)} />
    </Modal>
  );
}

function Choices({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs">
      <Text fw={600}>{title}</Text>
      {children}
    </Stack>
  );
}

function RemoveDialog({ item, onClose }: { item: AgentScenario | null; onClose: () => void }) {
  const remove = useChange('removeScenario');
  return (
    <ConfirmDialog
      isOpen={item !== null}
      title={`Remove “${item?.name ?? ''}”?`}
      confirm="Remove"
      isDangerous
      isBusy={remove.isPending}
      problem={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate({ params: { scenarioId: item?.scenario ?? '' } }, { onSuccess: onClose })
      }
    >
      No agent has to pass it any more. The call that it was made of stays.
    </ConfirmDialog>
  );
}
