import {
  listBusinessFacts,
  searchBusinessFacts,
  searchDraftedFacts,
} from '../../db/business-facts.ts';
import type { BusinessFact } from '../../db/business-facts.ts';
import type { Database } from '../../db/database.ts';
import { saidText } from '../../runtime/given/said-text.ts';

/** Of one answer: more makes a model read lists aloud. */
const MOST_FACTS = 3;
const LONGEST_TEXT = 600;

export type BusinessAnswer =
  | { status: 'known'; facts: BusinessFact[]; next: string }
  | { status: 'not_known'; message: string; next: string };

export interface BusinessInfoOptions {
  db: Database;
  organizationId: string;
  agentId: string;
  /** BCP 47: what the facts are written in. */
  language: string;
  /** Where a draft is tried out: what it has in place of what is published. */
  drafted?: readonly BusinessFact[] | undefined;
}

/** What one agent knows of its business, as the operator wrote it down. */
export class BusinessInfo {
  readonly #options: BusinessInfoOptions;
  /** What there is to know, in the operator's words. */
  readonly topics: readonly string[];
  /** What was answered so far: it may be said. */
  readonly told: string[] = [];

  private constructor(options: BusinessInfoOptions, topics: readonly string[]) {
    this.#options = options;
    this.topics = topics;
  }

  /** BCP 47: what the facts are written in. */
  get language(): string {
    return this.#options.language;
  }

  /** @returns null where nothing was written down */
  static async open(options: BusinessInfoOptions): Promise<BusinessInfo | null> {
    const facts = await factsOf(options);
    const topics = facts.map(({ topic }) => topic);
    return topics.length === 0 ? null : new BusinessInfo(options, topics);
  }

  /**
   * Finds what answers a question; what is not written down is not known.
   * @param asked.topic one of the topics, where the question is about it
   */
  async find(asked: { topic: string | null; question: string }): Promise<BusinessAnswer> {
    const own = asked.topic?.trim().toLowerCase();
    const facts = await factsOf(this.#options);
    const named = facts.filter(({ topic }) => topic.toLowerCase() === own);
    const found = named.length > 0 ? named : await this.#search(asked.question);
    if (found.length === 0) {
      return {
        status: 'not_known',
        message: 'I do not know that.',
        next: 'Say that you do not know, and offer to take a message with take_message. Do not guess.',
      };
    }
    const known = found.map(({ topic, text }) => ({ topic, text: saidText(text, LONGEST_TEXT) }));
    this.told.push(...known.map(({ text }) => text));
    return {
      status: 'known',
      facts: known,
      next: 'Answer with what these say, and nothing else. Where they do not answer the question, say that you do not know.',
    };
  }

  #search(question: string): Promise<BusinessFact[]> {
    const { db, language, drafted } = this.#options;
    const asked = { question, language, limit: MOST_FACTS };
    return drafted
      ? searchDraftedFacts(db, drafted, asked)
      : searchBusinessFacts(db, this.#options, asked);
  }
}

/** Anew at each question: what an operator corrects is told in calls that go on. */
async function factsOf(options: BusinessInfoOptions): Promise<readonly BusinessFact[]> {
  return options.drafted ?? (await listBusinessFacts(options.db, options));
}
