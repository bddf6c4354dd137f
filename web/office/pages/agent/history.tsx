import { Badge, Box, Button, Group, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useChange, useItems } from '../../api/hooks.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { useOffice } from '../../office.ts';
import type { AgentDraft, DraftEditor } from './agent-form.ts';
import classes from './agent.module.css';
import { ChangesList } from './changes-list.tsx';

/** Every version that callers met, the latest first. */
export function History({
  slug,
  editor,
  onRestored,
}: {
  slug: string;
  editor: DraftEditor;
  onRestored: (draft: AgentDraft) => void;
}) {
  const versions = useItems('listAgentVersions', { params: { slug } });
  const restore = useChange('restoreAgentVersion');
  const [wanted, setWanted] = useState<number | null>(null);
  const { may } = useOffice();
  const latest = versions.items?.[0]?.number;
  return (
    <>
      <MoreList
        list={versions}
        empty={
          <EmptyState icon="clock" title="No history yet">
            Each time you publish, what callers met before is kept here, and can be brought back.
          </EmptyState>
        }
      >
        {(items) => (
          <Box component="ol" className={classes['list'] ?? ''}>
            {items.map(({ number, publishedAt, publishedBy, changes }) => (
              <Paper component="li" withBorder p="md" key={number}>
                <Group justify="space-between" align="flex-start" mb="xs">
                  <div>
                    <Group gap="xs">
                      <Title order={2} fz="md">
                        Version {number}
                      </Title>
                      {number === latest && (
                        <Badge variant="dot" color="green">
                          Callers meet it now
                        </Badge>
                      )}
                    </Group>
                    <Text size="sm" c="dimmed">
                      <Instant at={publishedAt} />, {publishedBy ?? 'at the command line'}
                    </Text>
                  </div>
                  {number !== latest && may('agents:write') && (
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Restore version ${number}`}
                      onClick={() => setWanted(number)}
                    >
                      Restore
                    </Button>
                  )}
                </Group>
                {changes.length > 0 ? (
                  <ChangesList changes={changes} />
                ) : (
                  <Text size="sm">The first one.</Text>
                )}
              </Paper>
            ))}
          </Box>
        )}
      </MoreList>
      <ConfirmDialog
        isOpen={wanted !== null}
        title={`Restore version ${wanted ?? ''}?`}
        confirm="Restore"
        isBusy={restore.isPending}
        problem={restore.error}
        onClose={() => setWanted(null)}
        onConfirm={() =>
          restore.mutate(
            { params: { slug, number: String(wanted) }, from: editor.base },
            {
              onSuccess: (draft) => {
                setWanted(null);
                onRestored(draft);
              },
            },
          )
        }
      >
        It becomes the draft, in place of what is drafted now. Callers meet it once you publish it.
      </ConfirmDialog>
    </>
  );
}
