import {
  Button,
  CopyButton,
  Group,
  List,
  Modal,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useAnswer, useChange } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';
import classes from './call.module.css';

/** A scenario that plays the call again, to keep for publishing, to copy or to save. */
export function ScenarioDialog({ callId, onClose }: { callId: string; onClose: () => void }) {
  const { may } = useOffice();
  const scenario = useAnswer('getCallScenario', { params: { callId } });
  return (
    <Modal opened onClose={onClose} title="A scenario of this call" size="lg">
      <Answered of={scenario}>
        {({ yaml, remarks }) => (
          <Stack gap="sm">
            <Text size="sm">
              Rehearsals play it: the same words, with made-up names and numbers. What it expects is
              what happened; of a call that went wrong, write what should have.
            </Text>
            {remarks.length > 0 && (
              <List size="sm">
                {remarks.map((remark) => (
                  <List.Item key={remark}>{remark}</List.Item>
                ))}
              </List>
            )}
            <Textarea
              label="The scenario"
              value={yaml}
              rows={14}
              readOnly
              classNames={{ input: classes['mono'] ?? '' }}
            />
            {may('agents:write') && <KeepForm callId={callId} onKept={onClose} />}
            <Group gap="xs" justify="flex-end">
              {/* A page that came by plain http from another machine has no clipboard. */}
              {'clipboard' in navigator && (
                <CopyButton value={yaml}>
                  {({ copied, copy }) => (
                    <Button
                      variant="default"
                      onClick={copy}
                      leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />}
                    >
                      {copied ? 'Copied' : 'Copy'}
                    </Button>
                  )}
                </CopyButton>
              )}
              <Button
                component="a"
                href={`data:application/yaml;charset=utf-8,${encodeURIComponent(yaml)}`}
                download={`call-${callId}.yaml`}
                leftSection={<Icon name="download" size={16} />}
              >
                Save
              </Button>
            </Group>
          </Stack>
        )}
      </Answered>
    </Modal>
  );
}

/** Keeps it among the scenarios that drafts can be made to pass. */
function KeepForm({ callId, onKept }: { callId: string; onKept: () => void }) {
  const keep = useChange('keepCallScenario');
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate(
          { params: { callId }, body: { name } },
          {
            onSuccess: () => {
              sayDone('Kept: choose it on the page of an agent, under “Scenarios”.');
              onKept();
            },
          },
        );
      }}
    >
      <Stack gap="xs">
        <Group gap="xs" align="flex-end">
          <TextInput
            label="Keep it for your agents as"
            description="A draft can be made to pass it before it is published."
            placeholder="Asks for two days at once"
            required
            maxLength={100}
            flex="1 1 16rem"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Button type="submit" variant="light" loading={keep.isPending}>
            Keep it
          </Button>
        </Group>
        <ProblemNotice problem={keep.error} />
      </Stack>
    </form>
  );
}
