import { Button, Group, Modal, PasswordInput, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ApiProblem } from '../../api/api-problem.ts';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { AnswerOf, ItemOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { useAsOpened } from '../../components/as-opened.ts';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { useSync } from './use-sync.ts';

interface TrunkDialogProps {
  /** Null: one is added. */
  trunk: ItemOf<'listTrunks'> | null;
  onClose: () => void;
}

interface TrunkValues {
  name: string;
  allow: string[];
  username: string;
  password: string;
}

/** Adds a trunk, or changes who may call by it. */
export function TrunkDialog({ trunk, onClose }: TrunkDialogProps) {
  return (
    <Modal opened onClose={onClose} title={trunk ? `Change “${trunk.name}”` : 'Add a trunk'}>
      {trunk ? (
        <EditForm trunkId={trunk.id} onClose={onClose} />
      ) : (
        <TrunkForm shown={null} onClose={onClose} />
      )}
    </Modal>
  );
}

function EditForm({ trunkId, onClose }: { trunkId: string; onClose: () => void }) {
  const current = useAnswer('getTrunk', { params: { trunkId } });
  return (
    <Answered of={current}>{(shown) => <TrunkForm shown={shown} onClose={onClose} />}</Answered>
  );
}

type KnownTrunk = AnswerOf<'getTrunk'>;

function TrunkForm({ shown, onClose }: { shown: KnownTrunk | null; onClose: () => void }) {
  const trunk = useAsOpened(shown);
  const form = useForm<TrunkValues>({
    initialValues: {
      name: trunk?.name ?? '',
      allow: trunk?.allow ?? [],
      username: trunk?.username ?? '',
      password: '',
    },
  });
  const { save, problem, isPending } = useSaveTrunk(trunk, form, onClose);
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="md">
        <TextInput
          label="What you call it"
          description="Such as the name of your telephone provider"
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TagsInput
          label="Addresses that calls come from"
          description="Those of the provider’s signalling, such as 203.0.113.7 or 203.0.113.0/30; Enter after each"
          splitChars={[',', ' ']}
          acceptValueOnBlur
          {...form.getInputProps('allow')}
        />
        <TextInput
          label="Username"
          description="Where calls have to know a password as well, or instead"
          autoComplete="off"
          {...form.getInputProps('username')}
        />
        {form.getValues().username !== '' && (
          <PasswordInput
            label="Password"
            description={
              trunk?.username
                ? 'A changed username needs it again; it is never shown'
                : 'It is never shown again'
            }
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            {...form.getInputProps('password')}
          />
        )}
        <ProblemNotice problem={elsewhere(form, problem)} title="It is not saved" />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending}>
            {trunk ? 'Save' : 'Add'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useSaveTrunk(
  trunk: KnownTrunk | null,
  form: Parameters<typeof showAtField>[0],
  onClose: () => void,
) {
  const create = useChange('createTrunk');
  const edit = useChange('editTrunk');
  const sync = useSync();
  const done = {
    onError: (problem: ApiProblem) => void showAtField(form, problem),
    onSuccess: (saved: { name: string }) => {
      sayDone(`“${saved.name}” is saved.`);
      sync();
      onClose();
    },
  };
  const save = ({ name, allow, username, password }: TrunkValues): void => {
    const secret = username !== '' && password !== '' ? { password } : {};
    if (!trunk) {
      create.mutate(
        { body: { name, allow, ...(username === '' ? {} : { username }), ...secret } },
        done,
      );
      return;
    }
    // A username brings a password with it: where neither was touched, neither is named.
    const isTouched = username !== (trunk.username ?? '') || password !== '';
    const access = isTouched ? { username: username === '' ? null : username, ...secret } : {};
    edit.mutate(
      { params: { trunkId: trunk.id }, body: { name, allow, ...access }, from: trunk },
      done,
    );
  };
  return {
    save,
    problem: create.error ?? edit.error,
    isPending: create.isPending || edit.isPending,
  };
}
