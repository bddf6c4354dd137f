import { Autocomplete, MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { AgentForm } from './agent-form.ts';
import { LANGUAGES, languageName } from './language-names.ts';
import { Section } from '../../components/section.tsx';

/** Voices of OpenAI Realtime; another one can be typed. */
const VOICES = [
  'marin',
  'cedar',
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
];
const LONGEST_GREETING = 160;

/** Who speaks, in which voice and language, and what is said first. */
export function SpeechSection({ form }: { form: AgentForm }) {
  const { greeting, language, businessName } = form.values;
  const tags = [...new Set([...LANGUAGES, language])];
  return (
    <>
      <Section title="Who answers">
        <TextInput
          label="Name"
          description="How it calls itself"
          required
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Business"
          description="Whom it answers for"
          required
          {...form.getInputProps('businessName')}
        />
        <Textarea
          label="Greeting"
          description={`What callers hear first, in one breath (${greeting.length} of ${LONGEST_GREETING} characters). Empty: the usual one.`}
          placeholder={`Thank you for calling ${businessName}. How can I help?`}
          autosize
          minRows={2}
          maxLength={LONGEST_GREETING}
          {...form.getInputProps('greeting')}
        />
        <Switch
          label="Say with the greeting that it is an AI"
          description="In many places the law asks for it. Without it, the greeting should say so."
          {...form.getInputProps('disclosesAi', { type: 'checkbox' })}
        />
      </Section>
      <Section title="Voice and language">
        <Autocomplete
          label="Voice"
          description="A voice of OpenAI Realtime"
          data={VOICES}
          required
          {...form.getInputProps('voice')}
        />
        <Select
          label="Language"
          description="What it greets in"
          data={tags.map((tag) => ({ value: tag, label: languageName(tag) }))}
          allowDeselect={false}
          {...form.getInputProps('language')}
        />
        <MultiSelect
          label="Changes to"
          description="When a caller clearly speaks it. None chosen: any of them."
          data={LANGUAGES.map((tag) => ({ value: tag, label: languageName(tag) }))}
          clearable
          clearButtonProps={{ 'aria-label': 'Any of them' }}
          {...form.getInputProps('languages')}
        />
      </Section>
    </>
  );
}
