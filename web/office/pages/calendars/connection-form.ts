import { useForm } from '@mantine/form';
import type { UseFormReturnType } from '@mantine/form';
import type { ApiProblem } from '../../api/api-problem.ts';
import type { Settings } from './provider-fields.tsx';

/** What is typed to connect a calendar, or to change a connection. */
export interface ConnectionValues {
  name: string;
  key: string;
  timeZone: string | null;
  settings: Settings;
}

export type ConnectionForm = UseFormReturnType<ConnectionValues>;

export function useConnectionForm(initialValues: ConnectionValues): ConnectionForm {
  return useForm<ConnectionValues>({ initialValues });
}

/** Puts a problem beneath the field that it names, a setting too; answers whether there is one. */
export function showInForm(form: ConnectionForm, { field, detail }: ApiProblem): boolean {
  if (!hasField(form, field)) return false;
  form.setFieldError(field, detail);
  return true;
}

export function hasField(form: ConnectionForm, field: string | null): field is string {
  const [name = '', setting] = (field ?? '').split('.');
  if (name !== 'settings') return Object.hasOwn(form.values, name);
  return setting !== undefined && Object.hasOwn(form.values.settings, setting);
}
