import type { Agent } from '../../db/agents.ts';

/** An agent as the database answers it. */
export const exampleAgent: Agent = {
  id: '7b1f2c1e-7c1a-4b52-9a53-0d1f3a5e9b10',
  organizationId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  slug: 'front-desk',
  name: 'Front desk',
  businessName: 'Harbor Street Clinic',
  instructions: 'Be kind.',
  language: 'en',
  languages: null,
  voice: 'marin',
  greeting: null,
  disclosesAi: true,
  realtimeModel: null,
  transcriptionModel: null,
  reasoningEffort: null,
  transferTo: null,
  transferHours: null,
  longestCallMinutes: null,
  recording: false,
  allowedOrigins: [],
  enabled: true,
  calendar: {
    provider: 'fake',
    timeZone: 'America/New_York',
    eventType: 'consultation',
  },
};

/** Finds the example alone. */
export async function findExampleAgent(slug: string): Promise<Agent | undefined> {
  return slug === exampleAgent.slug ? exampleAgent : undefined;
}
