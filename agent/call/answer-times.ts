/**
 * How long a caller waits: from the end of what they said to the first sound of the answer. All
 * instants are of `performance.now()`. What is told may come late: an agent's turn is known once it
 * was played, and by then its caller may have spoken again.
 */
export class AnswerTimes {
  /** Ends of the caller's turns that no answer is known of. */
  #unanswered: number[] = [];

  /** The caller has finished a turn, spoken or typed. */
  callerEnded(at: number): void {
    this.#unanswered.push(at);
  }

  /**
   * The agent began to answer.
   * @returns milliseconds that the caller waited; null where they had said nothing
   */
  agentSpoke(at: number): number | null {
    const ended = this.#unanswered.filter((end) => end <= at);
    this.#unanswered = this.#unanswered.filter((end) => end > at);
    return ended.length === 0 ? null : at - Math.max(...ended);
  }
}
