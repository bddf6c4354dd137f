import { Button, CopyButton, Group, List, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { Icon } from '../../components/icon.tsx';
import classes from './call.module.css';

/** A scenario that plays the call again, to copy or to save. */
export function ScenarioDialog({ callId, onClose }: { callId: string; onClose: () => void }) {
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
