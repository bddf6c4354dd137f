import { Select, Stack, Text, Group } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useItems } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Row, Rows } from '../../components/rows.tsx';
import { ChangedFields } from './changed-fields.tsx';

type Entry = ItemOf<'listAuditLog'>;

/** Kinds of what is changed, as the log names them. */
const SUBJECTS = [
  'agent',
  'alert',
  'api-key',
  'appointment',
  'booking-event',
  'calendar',
  'calendar-sign-in',
  'call',
  'caller',
  'invitation',
  'member',
  'message',
  'number',
  'organization',
  'phone-line',
  'spending-limit',
  'trunk',
  'webhook-endpoint',
];

export function AuditLogPage() {
  const [search, setSearch] = useSearchParams();
  const subject = search.get('subject') ?? undefined;
  const entries = useItems('listAuditLog', { query: { subject } });
  return (
    <>
      <PageHead
        title="Audit log"
        words="Who changed what, before and after. Secrets are never in it."
      />
      <Stack gap="md">
        <Select
          label="About"
          placeholder="Everything"
          data={SUBJECTS.map((value) => ({ value, label: inWords(value) }))}
          value={subject ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'Everything' }}
          maw={260}
          onChange={(value) => setSearch(value === null ? {} : { subject: value })}
        />
        <MoreList
          list={entries}
          empty={
            <EmptyState icon="audit" title="Nothing was changed yet">
              {subject === undefined
                ? 'Every change by a page, by a program with a key or at the terminal is written down here.'
                : 'Nothing of this kind was changed. Choose another one, or everything.'}
            </EmptyState>
          }
        >
          {(items) => (
            <Rows>
              {items.map((entry) => (
                <EntryRow key={entry.id} entry={entry} />
              ))}
            </Rows>
          )}
        </MoreList>
      </Stack>
    </>
  );
}

function EntryRow({ entry: { at, actor, action, before, after } }: { entry: Entry }) {
  return (
    <Row>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{inWords(action)}</Text>
        <Text size="sm" c="dimmed">
          <Instant at={at} />
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        by {actor.kind === 'key' ? `the key ${actor.name}` : actor.name}
      </Text>
      <ChangedFields before={before} after={after} />
    </Row>
  );
}

/** "API key made" of "api-key.made". */
function inWords(name: string): string {
  const words = name.replaceAll(/[._-]/g, ' ').replace(/^api /, 'API ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
