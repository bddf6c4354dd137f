import type { ItemOf } from '../../api/route-types.ts';

/** What an agent lacks to be of use, and what to do about it; empty of one that lacks nothing. */
export function whatLacks(
  agent: Pick<
    ItemOf<'listAgents'>,
    'calendar' | 'disclosesAi' | 'enabled' | 'factCount' | 'greeting'
  >,
): string[] {
  return [
    ...(agent.enabled ? [] : ['It takes no calls: open it and switch it on.']),
    ...(agent.calendar === null
      ? ['It has nothing to book: connect a calendar, then add a booking event.']
      : []),
    ...(agent.factCount === 0
      ? ['It knows nothing of your business: write down opening hours and what callers ask.']
      : []),
    ...(agent.disclosesAi || agent.greeting !== null
      ? []
      : ['Nothing tells callers that they speak with an AI: say so in its greeting.']),
  ];
}
