import { Radio, Stack, Switch } from '@mantine/core';
import { useItems } from '../../../api/hooks.ts';
import { Loading } from '../../../components/answered.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import type { EventForm } from '../event-values.ts';

/** No agent's slug has a space. */
const ANY = 'any agent';

/** Who books it. */
export function AgentStep({ form }: { form: EventForm }) {
  const { items, error, retry } = useItems('listAgents', { query: { limit: '200' } });
  if (!items) {
    return error ? <ProblemNotice problem={error} retry={retry} /> : <Loading />;
  }
  const { agent } = form.getValues();
  return (
    <Stack gap="lg">
      <Radio.Group
        label="Who books it?"
        value={agent ?? ANY}
        onChange={(slug) => form.setFieldValue('agent', slug === ANY ? null : slug)}
        error={form.errors['agent']}
      >
        <Stack gap="sm" mt="sm">
          <Radio value={ANY} label="Any agent" description="Whichever answers the call" />
          {items.map(({ slug, name, businessName }) => (
            <Radio key={slug} value={slug} label={name} description={`${businessName} · ${slug}`} />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        label="Offer it to callers"
        {...form.getInputProps('enabled', { type: 'checkbox' })}
      />
    </Stack>
  );
}
