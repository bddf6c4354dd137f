import {
  Button,
  Group,
  Modal,
  NativeSelect,
  NumberInput,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ApiProblem } from '../../api/api-problem.ts';
import { useAnswer, useChange, useItems } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { useAsOpened } from '../../components/as-opened.ts';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import type { Alert, AlertSettings, NewAlert } from './alert-words.ts';
import { isMeasure, MEASURE_NAMES, MEASURES, UNIT_WORDS, WINDOWS } from './alert-words.ts';

type Measure = NewAlert['measure'];
const FIRST: Measure = 'booking-success';

interface AlertDialogProps {
  /** Null: a new one. */
  alert: Alert | null;
  onClose: () => void;
}

/** What an alert watches, and from when on it tells. */
export function AlertDialog({ alert, onClose }: AlertDialogProps) {
  return (
    <Modal opened onClose={onClose} title={alert ? `Edit ${alert.name}` : 'New alert'} centered>
      {alert ? (
        <EditForm alertId={alert.id} onClose={onClose} />
      ) : (
        <AlertForm shown={null} onClose={onClose} />
      )}
    </Modal>
  );
}

function EditForm({ alertId, onClose }: { alertId: string; onClose: () => void }) {
  const current = useAnswer('getAlert', { params: { alertId } });
  return (
    <Answered of={current}>{(shown) => <AlertForm shown={shown} onClose={onClose} />}</Answered>
  );
}

interface AlertFormProps {
  shown: AlertSettings | null;
  onClose: () => void;
}

function AlertForm({ shown, onClose }: AlertFormProps) {
  const alert = useAsOpened(shown);
  const { items: agents = [] } = useItems('listAgents', { query: { limit: '200' } });
  const create = useChange('createAlert');
  const edit = useChange('editAlert');
  const form = useForm({ initialValues: alert ? valuesOf(alert) : proposed(FIRST) });
  const { measure, direction } = form.values;
  const { unit, isOfAgent } = MEASURES[measure];
  const problem = create.error ?? edit.error;
  const chooseMeasure = (name: string): void => {
    if (!isMeasure(name)) return;
    const { direction: worse, threshold, clearsAt } = MEASURES[name];
    form.setValues({ measure: name, direction: worse, threshold, clearsAt });
    if (MEASURES[name].isOfAgent === false) form.setFieldValue('agent', '');
  };
  const save = form.onSubmit(({ agent, windowHours, ...values }) => {
    const body = {
      ...values,
      agent: agent === '' ? null : agent,
      windowHours: Number(windowHours),
    };
    const after = {
      onSuccess: () => {
        sayDone(`${values.name} is watched.`);
        onClose();
      },
      onError: (refused: ApiProblem) => void showAtField(form, refused),
    };
    if (alert) edit.mutate({ params: { alertId: alert.id }, body, from: alert }, after);
    else create.mutate({ body }, after);
  });
  const amount = { suffix: UNIT_WORDS[unit], thousandSeparator: ',', allowNegative: false };
  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <NativeSelect
          label="What is watched"
          data={MEASURE_NAMES.map((name) => ({ value: name, label: MEASURES[name].words }))}
          {...form.getInputProps('measure')}
          onChange={({ currentTarget }) => chooseMeasure(currentTarget.value)}
        />
        {isOfAgent !== false && (
          <NativeSelect
            label="Agent"
            data={[
              { value: '', label: 'All agents' },
              ...agents.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
            {...form.getInputProps('agent')}
          />
        )}
        <NativeSelect label="Over" data={WINDOWS} {...form.getInputProps('windowHours')} />
        <Group grow align="flex-start">
          <NativeSelect
            label="Tell when it is"
            data={['above', 'below']}
            {...form.getInputProps('direction')}
          />
          <NumberInput label="This" {...amount} {...form.getInputProps('threshold')} />
        </Group>
        <NumberInput
          label={`It is over at this, or ${direction === 'above' ? 'below' : 'above'}`}
          description="Set apart from the threshold, so that what swings around it is told once."
          {...amount}
          {...form.getInputProps('clearsAt')}
        />
        <NumberInput
          label="With so many cases at least"
          description="Of two calls a percentage says little."
          min={1}
          allowDecimal={false}
          {...form.getInputProps('leastCases')}
        />
        <Switch label="Watch it" {...form.getInputProps('enabled', { type: 'checkbox' })} />
        <ProblemNotice problem={elsewhere(form, problem)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending || edit.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface AlertValues {
  name: string;
  measure: Measure;
  /** A slug; empty: all of them. */
  agent: string;
  windowHours: string;
  direction: 'above' | 'below';
  threshold: number;
  clearsAt: number;
  leastCases: number;
  enabled: boolean;
}

function proposed(measure: Measure): AlertValues {
  const { direction, threshold, clearsAt } = MEASURES[measure];
  return {
    name: '',
    measure,
    agent: '',
    windowHours: '24',
    direction,
    threshold,
    clearsAt,
    leastCases: 10,
    enabled: true,
  };
}

function valuesOf(alert: AlertSettings): AlertValues {
  const { name, measure, agent, windowHours, direction } = alert;
  const { threshold, clearsAt, leastCases, enabled } = alert;
  return {
    name,
    measure: isMeasure(measure) ? measure : FIRST,
    agent: agent ?? '',
    windowHours: String(windowHours),
    direction,
    threshold,
    clearsAt,
    leastCases,
    enabled,
  };
}
