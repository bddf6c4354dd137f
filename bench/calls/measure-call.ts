import { Caller } from '../../rehearsal/caller/caller.ts';

export interface Line {
  /** Asks for a token and says where to join. */
  dial: () => Promise<{ url: string; token: string }>;
}

export interface CallFigures {
  /** From asking for a token to the agent's first audible sample, milliseconds. */
  firstSample: number;
  /** From the end of what the caller says to the agent's next first sample, milliseconds. */
  reply: number;
}

const PATIENCE = 30_000;
const QUIET = 700;

/**
 * Makes one call: waits for the greeting, says one sentence, hears the reply, hangs up.
 *
 * @param during runs while the call is on, after the reply
 * @throws when the agent is not heard within 30 s
 */
export async function measureCall(
  line: Line,
  sentence: Int16Array,
  during: () => Promise<void>,
): Promise<CallFigures> {
  const asked = performance.now();
  const address = await line.dial();
  const answered = performance.now();
  const caller = await Caller.join(address);
  try {
    const greeted = await caller.waitUntil(
      () => caller.meter.utterances.length > 0 && caller.meter.quietFor(caller.now()) > QUIET,
      PATIENCE,
    );
    const [greeting] = caller.meter.utterances;
    if (!greeted || !greeting) throw new Error('The agent did not greet.');
    const { endedAt } = await caller.say(sentence);
    await caller.waitUntil(() => caller.meter.firstSoundAfter(endedAt) !== null, PATIENCE);
    const replied = caller.meter.firstSoundAfter(endedAt);
    if (replied === null) throw new Error('The agent did not reply.');
    await during();
    return { firstSample: answered - asked + greeting.start, reply: replied - endedAt };
  } finally {
    await caller.hangUp();
  }
}

/** The median, and the value that a tenth of the others exceed. */
export function summarize(values: readonly number[]): { median: number; p90: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { median: at(0.5) ?? Number.NaN, p90: at(0.9) ?? Number.NaN };
}
