import type { Agent } from '../../db/agents.ts';
import { phrasesIn } from '../model/set-phrases.ts';
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
      clause: phrasesIn(agent.language).isAi,
      says: (words) => saysItIsAi(words, agent.businessName),
      isWanted: agent.disclosesAi,
      kind: 'disclosure',
      record,
      replies,
    });
  }
}
