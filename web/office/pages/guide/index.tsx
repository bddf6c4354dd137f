import { Badge, Button, Group, Progress, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Row, Rows } from '../../components/rows.tsx';
import { STEPS } from './steps.ts';
import type { GuideStep } from './steps.ts';

/** Leads through the first day; what is done stays done, and the rest can wait. */
export function GuidePage() {
  const guide = useAnswer('getGuide');
  return (
    <>
      <PageHead
        title="First steps"
        words="From nothing to a receptionist that answers. Leave it where you like: it knows what is done."
      />
      <Answered of={guide}>
        {(done) => {
          const count = STEPS.filter(({ name }) => done[name]).length;
          const next = STEPS.find(({ name }) => !done[name]);
          return (
            <Stack gap="md">
              <Group gap="sm" wrap="nowrap">
                <Progress.Root flex={1}>
                  <Progress.Section
                    value={(count / STEPS.length) * 100}
                    aria-label={`${count} of ${STEPS.length} steps are done`}
                  />
                </Progress.Root>
                <Text size="sm" c="dimmed">
                  {count} of {STEPS.length}
                </Text>
              </Group>
              <Rows isOrdered>
                {STEPS.map((step, index) => (
                  <Step
                    key={step.name}
                    step={step}
                    number={index + 1}
                    isDone={done[step.name]}
                    isNext={step === next}
                  />
                ))}
              </Rows>
            </Stack>
          );
        }}
      </Answered>
    </>
  );
}

interface StepProps {
  step: GuideStep;
  number: number;
  isDone: boolean;
  isNext: boolean;
}

function Step({ step: { title, words, links }, number, isDone, isNext }: StepProps) {
  return (
    <Row>
      <Group wrap="nowrap" align="flex-start" gap="md">
        <ThemeIcon radius="xl" variant="light" color={isDone ? 'green' : 'gray'} aria-hidden="true">
          {isDone ? <Icon name="check" size={16} /> : number}
        </ThemeIcon>
        <Stack gap="xs" flex={1} align="flex-start">
          <Group gap="xs">
            <Title order={2} fz="md">
              {title}
            </Title>
            {isDone && (
              <Badge variant="light" color="green">
                done
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {words}
          </Text>
          <Group gap="xs">
            {links.map(({ to, words: label }, index) => (
              <Button
                key={to}
                component={Link}
                to={to}
                size="xs"
                variant={isNext && index === 0 ? 'filled' : 'default'}
              >
                {label}
              </Button>
            ))}
          </Group>
        </Stack>
      </Group>
    </Row>
  );
}
