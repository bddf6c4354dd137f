import type { CallLine, CallOutcome, IntentState } from '../../db/values.ts';

/** What happened in an organization, kept beside the database: for counting without it. */
export interface Story {
  calls: {
    id: string;
    agentId: string;
    line: CallLine;
    startedAt: Date;
    length: number | null;
    outcome: CallOutcome | null;
    isRehearsal: boolean;
    latencies: number[];
    tools: { name: string; hasSlots: boolean; isChosen: boolean; ms: number | null }[];
    wishes: { weekday: number; part: string; isFree: boolean }[];
    truths: string[];
    charges: { model: string; audioInput: number; seconds: number; cost: number | null }[];
    intents: { id: string; state: IntentState; wasUnknown: boolean }[];
    appointments: { id: string; status: string }[];
  }[];
  messages: {
    id: string;
    call: number;
    urgent: boolean;
    takenAt: Date;
    answeredAfter: number | null;
  }[];
  deliveries: { id: string; receivedAt: Date; state: string }[];
  syncs: { startedAt: Date; seen: number; missing: number; failed: boolean }[];
  zone: string;
}

export const EMPTY_STORY = (): Story => ({
  calls: [],
  messages: [],
  deliveries: [],
  syncs: [],
  zone: 'America/New_York',
});

/** Something that happens. `of` picks one of what is there. */
export type Happening =
  | { do: 'call'; at: Date; isSecondAgent: boolean; line: CallLine }
  | { do: 'end'; of: number; length: number; outcome: CallOutcome; latencies: number[] }
  | { do: 'correct'; of: number; outcome: CallOutcome }
  | {
      do: 'tool';
      of: number;
      name: string;
      hasSlots: boolean;
      isChosen: boolean;
      ms: number | null;
    }
  | { do: 'wish'; of: number; weekday: number; part: string; isFree: boolean }
  | { do: 'truth'; of: number; how: string }
  | { do: 'charge'; of: number; audioInput: number; seconds: number; cost: number | null }
  | { do: 'intent'; of: number; state: IntentState }
  | { do: 'settle'; of: number; state: IntentState }
  | { do: 'appointment'; of: number; status: 'confirmed' | 'pending' }
  | { do: 'cancel'; of: number }
  | { do: 'message'; of: number; urgent: boolean; at: Date }
  | { do: 'answer'; of: number; after: number }
  | { do: 'delivery'; at: Date; state: string }
  | { do: 'deliver'; of: number; state: string }
  | { do: 'sync'; at: Date; seen: number; missing: number; failed: boolean }
  | { do: 'rehearse'; of: number }
  | { do: 'forget' }
  | { do: 'zone'; zone: string };
