import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { Section } from '../../components/section.tsx';
import { TextToCopy } from '../../components/text-to-copy.tsx';
import { useOffice } from '../../office.ts';

const FIELD = 'allowedOrigins';

/** How the agent is put on somebody's own site. */
export function SitePanel({ slug }: { slug: string }) {
  const agent = useAnswer('getAgent', { params: { slug } });
  return (
    <Stack gap="lg">
      <Answered of={agent}>{(answer) => <Origins key={answer.id} agent={answer} />}</Answered>
      <Snippets slug={slug} />
    </Stack>
  );
}

function Origins({ agent }: { agent: AnswerOf<'getAgent'> }) {
  const { may } = useOffice();
  const edit = useChange('editAgent');
  const form = useForm({ initialValues: { allowedOrigins: agent.allowedOrigins.join('\n') } });
  const mayEdit = may('agents:write');
  const save = form.onSubmit(({ allowedOrigins: text }) =>
    edit.mutate(
      { params: { slug: agent.slug }, from: agent, body: { allowedOrigins: toLines(text) } },
      {
        onSuccess: ({ allowedOrigins }) => {
          const saved = { allowedOrigins: allowedOrigins.join('\n') };
          form.setValues(saved);
          form.resetDirty(saved);
          sayDone('Its sites are saved: they count at once.');
        },
        onError: ({ field, detail }) => {
          // "allowedOrigins.1": the second line.
          const [name, line] = field?.split('.') ?? [];
          if (name !== FIELD) return;
          const at = line === undefined ? undefined : toLines(text)[Number(line)];
          form.setFieldError(FIELD, at === undefined ? detail : `${at} ${detail}`);
        },
      },
    ),
  );
  const isAtField = edit.error?.field?.startsWith(FIELD) === true;
  return (
    <Section
      title="Sites it may stand on"
      words="A browser shows its frame on these sites and on no other. What is saved here counts at once, past the draft."
    >
      <form onSubmit={save} noValidate>
        <Stack gap="sm">
          <Textarea
            label="Allowed origins"
            description="One a line: scheme and host, without a path. Each subdomain is one of its own."
            placeholder={'https://www.example.com\nhttps://example.com'}
            autosize
            minRows={3}
            spellCheck={false}
            readOnly={!mayEdit}
            {...form.getInputProps(FIELD)}
          />
          <Text size="sm" c="dimmed">
            Such as <code>https://www.example.com</code>, <code>https://shop.example.com:8443</code>
            , or <code>http://localhost:8080</code> to try it on this machine.
          </Text>
          {agent.allowedOrigins.length === 0 && (
            <Alert color="yellow" p="xs">
              No site is named yet: the button opens nothing anywhere.
            </Alert>
          )}
          <ProblemNotice problem={isAtField ? null : edit.error} title="They are as they were" />
          {mayEdit && (
            <Group>
              <Button type="submit" loading={edit.isPending} disabled={!form.isDirty()}>
                Save the sites
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  );
}

function Snippets({ slug }: { slug: string }) {
  const { origin } = location;
  return (
    <Section
      title="What goes into your page"
      words="One line puts a button on it, which opens the receptionist. Nothing else is loaded before somebody presses it."
    >
      <TextToCopy
        label="The button"
        value={`<script src="${origin}/embed.js" data-agent="${slug}" async></script>`}
      />
      <TextToCopy
        label="Content-Security-Policy"
        description="Where your site sends one, these two belong into it."
        value={`script-src ${origin}; frame-src ${origin};`}
      />
      <TextToCopy
        label="Permissions-Policy"
        description="Where your site sends one, it must let the frame have the microphone."
        value={`microphone=(self "${origin}")`}
      />
    </Section>
  );
}

function toLines(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
