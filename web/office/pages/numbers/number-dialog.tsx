import { Button, Group, Modal, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ApiProblem } from '../../api/api-problem.ts';
import { useAnswer, useChange, useItems } from '../../api/hooks.ts';
import type { AnswerOf, ItemOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { useAsOpened } from '../../components/as-opened.ts';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { useSync } from './use-sync.ts';

interface NumberDialogProps {
  /** Null: one is added. */
  number: ItemOf<'listNumbers'> | null;
  onClose: () => void;
}

interface NumberValues {
  number: string;
  label: string;
  agent: string | null;
  trunk: string | null;
  inbound: boolean;
}

const ALL = { query: { limit: '200' } };

/** Adds a number, or changes who answers it. */
export function NumberDialog({ number, onClose }: NumberDialogProps) {
  return (
    <Modal opened onClose={onClose} title={number ? `Change ${number.number}` : 'Add a number'}>
      {number ? (
        <EditForm numberId={number.id} onClose={onClose} />
      ) : (
        <NumberForm shown={null} onClose={onClose} />
      )}
    </Modal>
  );
}

function EditForm({ numberId, onClose }: { numberId: string; onClose: () => void }) {
  const current = useAnswer('getNumber', { params: { numberId } });
  return (
    <Answered of={current}>{(shown) => <NumberForm shown={shown} onClose={onClose} />}</Answered>
  );
}

type KnownNumber = AnswerOf<'getNumber'>;

function NumberForm({ shown, onClose }: { shown: KnownNumber | null; onClose: () => void }) {
  const number = useAsOpened(shown);
  const agents = useItems('listAgents', ALL).items ?? [];
  const trunks = useItems('listTrunks', ALL).items ?? [];
  const form = useForm<NumberValues>({
    initialValues: {
      number: number?.number ?? '',
      label: number?.label ?? '',
      agent: number?.agent ?? null,
      trunk: number?.trunk ?? null,
      inbound: number?.inbound ?? true,
    },
    validate: { agent: (agent) => (agent === null ? 'Say who answers' : null) },
  });
  const { save, problem, isPending } = useSaveNumber(number, form, onClose);
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="md">
        {!number && (
          <TextInput
            label="Number"
            description="With its country code, such as +1 202 555 0123"
            type="tel"
            autoComplete="off"
            required
            data-autofocus
            {...form.getInputProps('number')}
          />
        )}
        <Select
          label="Who answers"
          data={agents.map(({ slug, name }) => ({ value: slug, label: `${name} (${slug})` }))}
          required
          {...form.getInputProps('agent')}
        />
        <Select
          label="Trunk"
          description="By which its calls come"
          data={trunks.map(({ name }) => name)}
          placeholder={trunks.length === 0 ? 'Add a trunk first' : ''}
          clearable={trunks.length === 1}
          {...form.getInputProps('trunk')}
        />
        <TextInput
          label="What you call it"
          description="Such as Reception"
          {...form.getInputProps('label')}
        />
        <Switch label="Answer its calls" {...form.getInputProps('inbound', { type: 'checkbox' })} />
        <ProblemNotice problem={elsewhere(form, problem)} title="It is not saved" />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending}>
            {number ? 'Save' : 'Add'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useSaveNumber(
  number: KnownNumber | null,
  form: Parameters<typeof showAtField>[0],
  onClose: () => void,
) {
  const create = useChange('createNumber');
  const edit = useChange('editNumber');
  const sync = useSync();
  const done = {
    onError: (problem: ApiProblem) => void showAtField(form, problem),
    onSuccess: (saved: { number: string }) => {
      sayDone(`${saved.number} is saved.`);
      sync();
      onClose();
    },
  };
  const save = ({ number: written, agent, trunk, ...rest }: NumberValues): void => {
    const body = { ...rest, agent: agent ?? '', ...(trunk === null ? {} : { trunk }) };
    if (number) edit.mutate({ params: { numberId: number.id }, body, from: number }, done);
    else create.mutate({ body: { ...body, number: written } }, done);
  };
  return {
    save,
    problem: create.error ?? edit.error,
    isPending: create.isPending || edit.isPending,
  };
}
