import type { Agent } from '../../db/agents.ts';
import { sentencesIn } from '../../booking/languages/sentences/sentences-in.ts';
import { toLanguage } from '../../calls/languages.ts';
import { HeardClause } from './heard-clause.ts';
import type { HeardClauseOptions } from './heard-clause.ts';
import { saysItIsAi } from './opening.ts';

export interface DisclosureOptions extends Pick<HeardClauseOptions, 'record' | 'replies'> {
  agent: Pick<Agent, 'businessName' | 'disclosesAi' | 'language'>;
}

/** That a caller speaks with an AI: the EU's AI Act asks that they hear it (Art. 50). */
export class Disclosure extends HeardClause {
  constructor({ agent, record, replies }: DisclosureOptions) {
    super({
      clause: sentencesIn(toLanguage(agent.language)).call.isAi,
      says: (words) => saysItIsAi(words, agent.businessName),
      isWanted: agent.disclosesAi,
      kind: 'disclosure',
      record,
      replies,
    });
  }
}
