import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from 'react-router';
import { useChange } from '../../api/hooks.ts';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useOffice } from '../../office.ts';

/** Makes an agent, which takes no calls before it is switched on. */
export function NewAgentDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="New agent" centered>
      <NewAgentForm onClose={onClose} />
    </Modal>
  );
}

function NewAgentForm({ onClose }: { onClose: () => void }) {
  const { organization } = useOffice();
  const create = useChange('createAgent');
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: 'Front desk', businessName: organization.name, slug: '' },
  });
  // Until it is typed, the address follows from the name.
  const slug = form.values.slug === '' ? toSlug(form.values.businessName) : form.values.slug;
  const submit = form.onSubmit((values) => {
    create.mutate(
      { body: { ...values, slug, enabled: false } },
      {
        onSuccess: (agent) => void navigate(`/office/agents/${agent.slug}`),
        onError: (problem) => void showAtField(form, problem),
      },
    );
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Business"
          description="Whom it answers for"
          required
          data-autofocus
          {...form.getInputProps('businessName')}
        />
        <TextInput
          label="Name"
          description="How it calls itself"
          required
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Address"
          description={`Where it can be called in a browser: /a/${slug}`}
          placeholder={slug}
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('slug')}
        />
        <ProblemNotice problem={elsewhere(form, create.error)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make the agent
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Letters without their marks, digits and hyphens, as an address has them. */
function toSlug(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replaceAll(/[^a-z0-9]+/g, '-').slice(0, 40);
  return slug.replaceAll(/^-+|-+$/g, '') || 'front-desk';
}
