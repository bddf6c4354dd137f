import type { ApiProblem } from '../api/api-problem.ts';

/** What of a Mantine form is used here. */
interface FieldErrors {
  setFieldError: (field: string, error: string) => void;
}

/**
 * Puts a problem beneath the field that it names; answers whether the form has it. One that has not
 * is for a `ProblemNotice`.
 */
export function showAtField(
  form: FieldErrors & { values: object },
  { field, detail }: ApiProblem,
): boolean {
  if (field === null || !Object.hasOwn(form.values, field)) return false;
  form.setFieldError(field, detail);
  return true;
}

/** The same problem, unless the form has it at a field of its own. */
export function elsewhere(form: { values: object }, problem: ApiProblem | null): ApiProblem | null {
  const isAtField =
    problem !== null && problem.field !== null && Object.hasOwn(form.values, problem.field);
  return isAtField ? null : problem;
}
