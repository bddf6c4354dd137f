import { useForm } from '@mantine/form';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import { useChange } from '../../api/hooks.ts';
import type { ApiProblem } from '../../api/api-problem.ts';
import type { AnswerOf, BodyOf } from '../../api/route-types.ts';
import { callRoute } from '../../api/client.ts';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';

export type AgentDraft = AnswerOf<'getAgentDraft'>;

/** What the fields hold: an empty one stands for null. */
interface AgentFields {
  name: string;
  businessName: string;
  greeting: string;
  disclosesAi: boolean;
  language: string;
  languages: string[];
  voice: string;
  instructions: string;
  facts: { topic: string; text: string }[];
  transferTo: string;
  transferHours: string;
  recording: boolean;
  longestCallMinutes: number | '';
  realtimeModel: string;
  transcriptionModel: string;
  reasoningEffort: string;
}

export type AgentForm = UseFormReturnType<AgentFields>;

function toFields(content: AgentDraft['content']): AgentFields {
  return {
    ...content,
    greeting: content.greeting ?? '',
    languages: content.languages ?? [],
    transferTo: content.transferTo ?? '',
    transferHours: content.transferHours ?? '',
    longestCallMinutes: content.longestCallMinutes ?? '',
    realtimeModel: content.realtimeModel ?? '',
    transcriptionModel: content.transcriptionModel ?? '',
    reasoningEffort: content.reasoningEffort ?? '',
  };
}

/** Which of them take null for "as usual". */
const NULLABLE: ReadonlySet<keyof AgentFields> = new Set<keyof AgentFields>([
  'greeting',
  'languages',
  'transferTo',
  'transferHours',
  'longestCallMinutes',
  'realtimeModel',
  'transcriptionModel',
  'reasoningEffort',
]);

/** What was changed in the form, as the draft takes it. */
function changedBody(form: AgentForm): BodyOf<'editAgentDraft'> {
  const names = (Object.keys(form.values) as (keyof AgentFields)[]).filter((name) =>
    form.isDirty(name),
  );
  return Object.fromEntries(
    names.map((name) => {
      const value = form.values[name];
      const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
      return [name, isEmpty && NULLABLE.has(name) ? null : value];
    }),
  ) as BodyOf<'editAgentDraft'>;
}

/** The form of one agent's draft, and what becomes of it. */
export interface DraftEditor {
  form: AgentForm;
  /** Whether something in the form is not saved. */
  isDirty: boolean;
  isSaving: boolean;
  /** Of what no field is to blame for. */
  problem: ApiProblem | null;
  /** Somebody else changed the draft since it was read. */
  isBehind: boolean;
  /** Answers whether all of it is saved. */
  save: () => Promise<boolean>;
  /** Takes in what others changed, and keeps what was changed here. */
  catchUp: () => Promise<void>;
  /** Shows another draft, which was answered to a publish, a restore or a discard. */
  show: (draft: AgentDraft) => void;
  /** The draft that the form was made from. */
  base: AgentDraft;
  /** The same at this moment, for who has just saved. */
  latest: () => AgentDraft;
}

export function useDraftEditor(slug: string, draft: AgentDraft): DraftEditor {
  const { organization } = useOffice();
  const [base, setShownBase] = useState(draft);
  const latest = useRef(draft);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const change = useChange('editAgentDraft');
  const form = useForm<AgentFields>({ initialValues: toFields(draft.content) });
  const params = { slug };
  // The form's own word forgets lists where another field was changed back.
  const isDirty = Object.keys(changedBody(form)).length > 0;
  useEffect(() => {
    // What others did is shown at once, where it takes nothing away.
    if (!isDirty) show(draft);
    // oxlint-disable-next-line react/exhaustive-deps -- once for each answer
  }, [draft]);

  function setBase(next: AgentDraft): void {
    latest.current = next;
    setShownBase(next);
  }

  function show(next: AgentDraft): void {
    setBase(next);
    setProblem(null);
    const fields = toFields(next.content);
    form.setValues(fields);
    form.resetDirty(fields);
    form.clearErrors();
  }

  async function save(): Promise<boolean> {
    const body = changedBody(form);
    if (Object.keys(body).length === 0) return true;
    try {
      show(await change.mutateAsync({ params, body, from: base }));
      sayDone('The draft is saved.');
      return true;
    } catch (error) {
      const refused = error as ApiProblem;
      const isField = refused.field !== null && (refused.field.split('.')[0] ?? '') in form.values;
      if (isField && refused.field !== null) form.setFieldError(refused.field, refused.detail);
      setProblem(isField ? null : refused);
      return false;
    }
  }

  async function catchUp(): Promise<void> {
    const asked = { organizationId: organization.id, params };
    const newest = (await callRoute('getAgentDraft', asked)) as AgentDraft;
    const theirs = toFields(newest.content);
    const own = Object.fromEntries(
      Object.entries(form.values).filter(([name]) => form.isDirty(name)),
    ) as Partial<AgentFields>;
    setBase(newest);
    setProblem(null);
    form.resetDirty(theirs);
    form.setValues({ ...theirs, ...own });
  }

  return {
    form,
    isDirty,
    base,
    latest: () => latest.current,
    isSaving: change.isPending,
    problem,
    isBehind: problem?.code === 'changed_since',
    save,
    catchUp,
    show,
  };
}
