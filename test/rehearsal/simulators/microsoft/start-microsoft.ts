import {
  createMicrosoftSimulator,
  type MicrosoftSimulator,
  type MicrosoftSimulatorOptions,
} from '../../../../rehearsal/simulators/microsoft/create-microsoft-simulator.ts';
import type { Mailbox } from '../../../../rehearsal/simulators/microsoft/mailbox.ts';
import { problemsOf } from './samples.ts';

export const OWNER = 'owner@example.com';
export const TOKEN = 'eyJ-first';

export interface ValidatedMicrosoft extends MicrosoftSimulator {
  /** That of {@link OWNER}. */
  mailbox: Mailbox;
  /** Which tokens are good, and whose mailbox each opens. */
  tokens: Map<string, string>;
  /** Every answer so far, by operation. */
  readonly served: readonly { operation: string; status: number }[];
  /** @throws Error naming every answer that the samples do not have so */
  close(): Promise<void>;
}

/** A simulator whose every answer is held against Graph's samples; what is wrong is thrown at its end. */
export async function startMicrosoft(
  options: Partial<MicrosoftSimulatorOptions> = {},
): Promise<ValidatedMicrosoft> {
  const tokens = new Map([[TOKEN, OWNER]]);
  const problems: string[] = [];
  const served: { operation: string; status: number }[] = [];
  const simulator = await createMicrosoftSimulator({
    mailboxes: [{ address: OWNER, calendars: [{ name: 'Private' }] }],
    addressOf: (token) => tokens.get(token) ?? null,
    ...options,
    onAnswer: (answer) => {
      served.push({ operation: answer.operation, status: answer.status });
      problems.push(...problemsOf(answer));
    },
  });
  const [mailbox] = simulator.mailboxes;
  if (!mailbox) throw new Error('The simulator has no mailbox.');
  return {
    ...simulator,
    mailbox,
    tokens,
    served,
    close: async () => {
      await simulator.close();
      if (problems.length > 0) throw new Error([...new Set(problems)].join('\n'));
    },
  };
}
