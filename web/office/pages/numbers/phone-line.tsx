import { Button, Group } from '@mantine/core';
import { useAnswer, useChange } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { Checklist } from '../../components/checklist.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Section } from '../../components/section.tsx';
import { useOffice } from '../../office.ts';

/** Whether callers get through, and what is missing where they do not. */
export function PhoneLine() {
  const { may } = useOffice();
  const found = useAnswer('examinePhoneLine');
  const sync = useChange('syncPhoneLine');
  return (
    <Section
      title="Do callers get through?"
      words="Every number with its trunk and its agent, and whether the phone server knows of it."
    >
      {may('numbers:write') && (
        <Group>
          <Button
            size="xs"
            variant="default"
            onClick={() => sync.mutate({})}
            loading={sync.isPending}
          >
            Bring it in line
          </Button>
        </Group>
      )}
      <ProblemNotice problem={sync.error} title="The phone server was not told" />
      <Answered of={found}>{({ findings }) => <Checklist findings={findings} />}</Answered>
    </Section>
  );
}
