import { Button, Group, NumberInput, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { writeDollars } from '../../components/call-words.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';

type Usage = AnswerOf<'getUsage'>;

/** What was spent in this month, and from when on somebody is told. */
export function SpendingCard() {
  const usage = useAnswer('getUsage');
  const { may } = useOffice();
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="xs">
        Spending in this month
      </Title>
      <Answered of={usage}>
        {(answer) => (
          <Stack gap="md">
            <Spent usage={answer} />
            {may('usage:write') && <LimitForm key={answer.limit.dollars} usage={answer} />}
          </Stack>
        )}
      </Answered>
    </Paper>
  );
}

function Spent({ usage: { estimatedCost, isCostComplete, limit, calls } }: { usage: Usage }) {
  const spent = writeDollars(estimatedCost);
  const of = limit.dollars === null ? '' : ` of ${writeDollars(limit.dollars)}`;
  const percent = limit.dollars === null ? null : (100 * estimatedCost) / limit.dollars;
  return (
    <div>
      <Text>
        {`${isCostComplete ? 'About' : 'More than'} ${spent}${of} for ${calls.toLocaleString('en')} calls`}
      </Text>
      {percent !== null && (
        <Progress
          aria-label="Spent of the limit"
          mt={6}
          value={Math.min(100, percent)}
          color={percent >= 100 ? 'red.7' : 'harbor.6'}
        />
      )}
      <Text size="sm" c="dimmed" mt={4}>
        An estimate, at the prices known for each day. The provider’s bill counts.
      </Text>
    </div>
  );
}

function LimitForm({ usage: { limit } }: { usage: Usage }) {
  const current = useAnswer('getSpendingLimit');
  const change = useChange('setSpendingLimit');
  const [dollars, setDollars] = useState<number | string>(limit.dollars ?? '');
  const save = (next: number | null): void => {
    change.mutate(
      { body: { dollars: next, warnAt: limit.warnAt }, from: current.data },
      { onSuccess: () => sayDone(next === null ? 'There is no limit.' : 'The limit is set.') },
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typeof dollars === 'number') save(dollars);
      }}
    >
      <Group align="flex-end" gap="xs">
        <NumberInput
          label="Tell owners and admins at"
          description={`And once before, at ${limit.warnAt} % of it. Calls go on.`}
          prefix="$"
          min={1}
          decimalScale={2}
          thousandSeparator=","
          value={dollars}
          onChange={setDollars}
        />
        <Button type="submit" loading={change.isPending} disabled={typeof dollars !== 'number'}>
          Set the limit
        </Button>
        {limit.dollars !== null && (
          <Button variant="default" onClick={() => save(null)}>
            No limit
          </Button>
        )}
      </Group>
      <ProblemNotice problem={change.error} />
    </form>
  );
}
