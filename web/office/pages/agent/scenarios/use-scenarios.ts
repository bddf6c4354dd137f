import { useState } from 'react';
import { useAnswer } from '../../../api/hooks.ts';
import type { AnswerOf } from '../../../api/route-types.ts';

/** Milliseconds between two looks while scenarios are played. */
const EVERY = 1_500;

export type AgentScenario = AnswerOf<'getAgentScenarios'>['items'][number];

/** What an agent's draft must pass, and how far it is. */
export interface Scenarios {
  of: ReturnType<typeof useAnswer<'getAgentScenarios'>>;
  required: AgentScenario[];
  /** Those that have not passed with the draft as it is saved. */
  lacking: AgentScenario[];
  /** Some are waiting or being played. */
  isPlaying: boolean;
}

const isOpen = ({ run }: AgentScenario): boolean =>
  run?.state === 'waiting' || run?.state === 'running';

/** Whether it passed with the draft as it is. */
export function hasPassed({ run }: AgentScenario): boolean {
  return run?.state === 'passed' && run.isOfDraft;
}

export function useScenarios(slug: string): Scenarios {
  const [isPlaying, setIsPlaying] = useState(false);
  const every = isPlaying ? EVERY : undefined;
  const of = useAnswer('getAgentScenarios', { params: { slug }, every });
  const items = of.data?.items ?? [];
  const goesOn = items.some(isOpen);
  if (goesOn !== isPlaying) setIsPlaying(goesOn);
  const required = items.filter(({ isRequired }) => isRequired);
  return { of, required, lacking: required.filter((each) => !hasPassed(each)), isPlaying };
}
