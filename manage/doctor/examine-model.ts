import { DateTime } from 'luxon';
import type { Agent } from '../../db/agents.ts';
import type { ManageParts } from '../manage-parts.ts';
import { readModels } from './read-models.ts';
import type { ModelsAnswer } from './read-models.ts';
import { failed, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** Days before a model is switched off for which an operator is warned. */
const WARNED_DAYS = 90;

/**
 * Asks the provider whether the agent's models are there, and for how long. Nothing where no key is
 * known here: then nothing can be asked.
 */
export async function examineModels(
  { model: access, now }: Pick<ManageParts, 'model' | 'now'>,
  agent: Pick<Agent, 'slug' | 'realtimeModel' | 'transcriptionModel'>,
): Promise<Finding[]> {
  if (!access) return [];
  const step = { part: 'model', of: agent.slug } as const;
  const answer = await readModels(access);
  if (answer.kind !== 'models') return [unanswered(step, answer, access.baseUrl)];
  const { models } = answer;
  const wanted = [
    {
      name: agent.realtimeModel ?? access.realtimeModel,
      remedy: `Choose another one: OPENAI_REALTIME_MODEL, or slotline agents edit ${agent.slug} --model gpt-realtime-2.1`,
    },
    {
      name: agent.transcriptionModel ?? access.transcriptionModel,
      remedy: `Choose another one: OPENAI_TRANSCRIPTION_MODEL, or slotline agents edit ${agent.slug} --transcription-model gpt-transcribe`,
    },
  ];
  return wanted.map(({ name, remedy }) => {
    const found = models.find(({ id }) => id === name);
    if (!found) return warning(step, `${name} is not among the models of this key`, remedy);
    const ends = found.shutdown_date
      ? DateTime.fromISO(found.shutdown_date, { zone: 'utc' })
      : null;
    if (!ends?.isValid) return ok(step, `${name}, no end announced`);
    const days = Math.ceil(ends.diff(DateTime.fromJSDate(now()), 'days').days);
    const date = ends.toISODate();
    if (days <= 0) return failed(step, `${name} was switched off on ${date}`, remedy);
    if (days > WARNED_DAYS) return ok(step, `${name}, until ${date}`);
    return warning(step, `${name} is switched off on ${date}, in ${days} day(s)`, remedy);
  });
}

function unanswered(
  step: { part: 'model'; of: string },
  answer: Exclude<ModelsAnswer, { kind: 'models' }>,
  baseUrl: string,
): Finding {
  if (answer.kind === 'refused') {
    return failed(
      step,
      `the key is refused by ${baseUrl}`,
      'Set OPENAI_API_KEY to a key that is valid; the same for the worker.',
    );
  }
  return warning(
    step,
    `${baseUrl} does not say which models there are: ${answer.reason}`,
    'Check OPENAI_BASE_URL, and HTTPS_PROXY where one is needed. A server of another provider may have no list.',
  );
}
