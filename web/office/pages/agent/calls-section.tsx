import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useOffice } from '../../office.ts';
import type { AgentForm } from './agent-form.ts';
import { Section } from '../../components/section.tsx';

const EFFORTS = ['minimal', 'low', 'medium', 'high', 'xhigh'];

/** What happens in calls beside what is said. */
export function CallsSection({ form }: { form: AgentForm }) {
  const { timeZone } = useOffice();
  return (
    <>
      <Section title="Calls">
        <TextInput
          label="Hand over to"
          description="Who speaks with phone callers that want a person: a number or a SIP address. Empty: it takes a message."
          placeholder="+12025550123"
          inputMode="tel"
          {...form.getInputProps('transferTo')}
        />
        <TextInput
          label="Hours in which they are there"
          description={`In ${timeZone}. Outside of them it takes a message. Empty: at any time.`}
          placeholder="Mon-Fri 09:00-18:00, Sat 09:00-12:00"
          {...form.getInputProps('transferHours')}
        />
        <NumberInput
          label="Longest call, in minutes"
          description="Then it says goodbye. Empty: as long as the organization's calls; never longer."
          min={1}
          max={240}
          allowDecimal={false}
          {...form.getInputProps('longestCallMinutes')}
        />
        <Switch
          label="Record calls"
          description="Callers are told with the greeting, and may refuse."
          {...form.getInputProps('recording', { type: 'checkbox' })}
        />
      </Section>
      <Section title="Models" words="Empty: those of the server. Another model may cost more.">
        <TextInput
          label="Speaks with"
          placeholder="gpt-realtime-2.1"
          spellCheck={false}
          {...form.getInputProps('realtimeModel')}
        />
        <TextInput
          label="Writes callers’ words down with"
          placeholder="gpt-transcribe"
          spellCheck={false}
          {...form.getInputProps('transcriptionModel')}
        />
        <Select
          label="Thinks"
          description="More takes longer to answer"
          data={[{ value: '', label: 'As the server says' }, ...EFFORTS]}
          allowDeselect={false}
          {...form.getInputProps('reasoningEffort')}
        />
      </Section>
    </>
  );
}
