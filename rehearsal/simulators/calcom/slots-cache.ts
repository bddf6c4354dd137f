/**
 * Cal.com remembers what it answered to a query for slots for two seconds, by its exact text: what was
 * booked, held or given free meanwhile is not in it.
 */
export class SlotsCache {
  readonly #lifetime: number;
  readonly #now: () => number;
  readonly #answers = new Map<string, { answer: object; until: number }>();

  /**
   * @param lifetime milliseconds; 0 for none
   * @param now the machine's time: a clock that is set would end or stretch it
   */
  constructor(lifetime: number, now: () => number) {
    this.#lifetime = lifetime;
    this.#now = now;
  }

  /** What was answered to this query a moment ago, else what is made of it now. */
  answer(query: string, make: () => object): object {
    const now = this.#now();
    for (const [key, { until }] of this.#answers) {
      if (until <= now) this.#answers.delete(key);
    }
    const known = this.#answers.get(query);
    if (known !== undefined) return known.answer;
    const answer = make();
    if (this.#lifetime > 0) this.#answers.set(query, { answer, until: now + this.#lifetime });
    return answer;
  }
}
