import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChange } from '../../api/hooks.ts';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';
import { ROLES } from './roles.ts';
import type { Role } from './roles.ts';

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { organization } = useOffice();
  const invite = useChange('inviteMember');
  const form = useForm<{ email: string; role: Role }>({
    initialValues: { email: '', role: 'staff' },
  });
  return (
    <Modal opened onClose={onClose} title="Invite somebody">
      <form
        onSubmit={form.onSubmit((body) =>
          invite.mutate(
            { body },
            {
              onError: (problem) => void showAtField(form, problem),
              onSuccess: ({ email }) => {
                sayDone(`An invitation is on its way to ${email}`);
                onClose();
              },
            },
          ),
        )}
      >
        <Stack gap="md">
          <TextInput
            label="E-mail address"
            description="Where this server sends no mail, “npm run slotline -- office links” prints the link."
            type="email"
            required
            data-autofocus
            {...form.getInputProps('email')}
          />
          <Radio.Group label="Role" {...form.getInputProps('role')}>
            <Stack gap="xs" mt="xs">
              {organization.grants.map((role) => (
                <Radio key={role} value={role} label={role} description={ROLES[role]} />
              ))}
            </Stack>
          </Radio.Group>
          <ProblemNotice problem={elsewhere(form, invite.error)} title="Nobody was invited" />
          <Group justify="flex-end">
            <Button type="submit" loading={invite.isPending}>
              Invite
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
