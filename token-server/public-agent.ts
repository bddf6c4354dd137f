import { AGENT_SLUG } from '../calls/agent-slug.ts';
import type { Agent } from '../db/agents.ts';
import { ApiError } from './errors.ts';

/** What anybody may know of an agent. */
export interface PublicAgent {
  slug: string;
  name: string;
  business_name: string;
  language: string;
  /** The rehearsal model stands in for the real one: the page says so. */
  rehearsal: boolean;
}

/** Finds by slug; undefined when there is none. */
export type FindAgent = (slug: string) => Promise<Agent | undefined>;

/**
 * The agent that may be called by this name.
 * @throws {ApiError} agent_not_found or agent_disabled
 */
export async function findCallableAgent(findAgent: FindAgent, slug: string): Promise<Agent> {
  // Of another shape it need not be looked up.
  const agent = AGENT_SLUG.test(slug) ? await findAgent(slug) : undefined;
  if (!agent) throw new ApiError('agent_not_found', 'There is no agent of this name.');
  if (!agent.enabled) throw new ApiError('agent_disabled', 'This agent takes no calls at present.');
  return agent;
}

/** What anybody may know of an agent; `rehearsal`: whether its calls are played. */
export function toPublicAgent(agent: Agent, rehearsal: boolean): PublicAgent {
  return {
    slug: agent.slug,
    name: agent.name,
    business_name: agent.businessName,
    language: agent.language,
    rehearsal,
  };
}
