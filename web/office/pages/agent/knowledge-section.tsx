import { ActionIcon, Box, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { Icon } from '../../components/icon.tsx';
import type { AgentForm } from './agent-form.ts';
import classes from './agent.module.css';
import { Section } from '../../components/section.tsx';

const MOST_FACTS = 100;
const LONGEST_INSTRUCTIONS = 8_000;
/** What callers of most businesses ask. */
const TOPICS = ['Opening hours', 'Address', 'Parking', 'Prices', 'Cancellations'];

/** What it knows of the business, and how it behaves. */
export function KnowledgeSection({ form }: { form: AgentForm }) {
  const { facts, instructions } = form.values;
  const list = useRef<HTMLDivElement>(null);
  const known = new Set(facts.map(({ topic }) => topic));
  const missing = TOPICS.filter((topic) => !known.has(topic));
  function add(topic: string): void {
    form.insertListItem('facts', { topic, text: '' });
    // The field that is to be filled in is the next one under the hands.
    requestAnimationFrame(() => {
      const fields = list.current?.querySelectorAll<HTMLElement>(
        topic === '' ? 'input[type=text]' : 'textarea:not([aria-hidden])',
      );
      fields?.item(fields.length - 1).focus();
    });
  }
  return (
    <>
      <Section
        title="What it knows"
        words="Callers’ questions are answered with these words and nothing else. What is not here it does not know, and it offers to take a message."
      >
        <Stack gap="lg" ref={list}>
          {facts.map((fact, at) => (
            // A fact has no name of its own that would stay while it is typed.
            // oxlint-disable-next-line react/no-array-index-key
            <Box
              key={at}
              component="fieldset"
              className={classes['fact'] ?? ''}
              aria-label={fact.topic || 'New topic'}
            >
              <Group gap="xs" align="flex-end" wrap="nowrap">
                <TextInput
                  flex={1}
                  label="Topic or question"
                  {...form.getInputProps(`facts.${at}.topic`)}
                />
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={`Remove ${fact.topic || 'this topic'}`}
                  onClick={() => form.removeListItem('facts', at)}
                >
                  <Icon name="cross" size={16} />
                </ActionIcon>
              </Group>
              <Textarea
                label="Answer"
                mt="xs"
                autosize
                minRows={2}
                maxLength={600}
                {...form.getInputProps(`facts.${at}.text`)}
              />
            </Box>
          ))}
        </Stack>
        {form.errors['facts'] !== undefined && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {form.errors['facts']}
          </Text>
        )}
        {facts.length < MOST_FACTS && (
          <Group gap="xs">
            {missing.map((topic) => (
              <Button key={topic} size="xs" variant="light" onClick={() => add(topic)}>
                {topic}
              </Button>
            ))}
            <Button
              size="xs"
              variant="default"
              leftSection={<Icon name="plus" size={14} />}
              onClick={() => add('')}
            >
              Another topic
            </Button>
          </Group>
        )}
      </Section>
      <Section
        title="Instructions"
        words="How it shall behave, and what to keep in mind in every call. Facts are better kept above: there they are searched."
      >
        <Textarea
          label="Instructions"
          description={`${instructions.length} of ${LONGEST_INSTRUCTIONS} characters`}
          autosize
          minRows={4}
          maxRows={20}
          maxLength={LONGEST_INSTRUCTIONS}
          {...form.getInputProps('instructions')}
        />
      </Section>
    </>
  );
}
