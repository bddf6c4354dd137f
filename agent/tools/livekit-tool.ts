import { llm } from '@livekit/agents';
import type { voice } from '@livekit/agents';
import { ToolRefusedError } from '../../booking/tools/tool-desk.ts';
import type { ToolDesk } from '../../booking/tools/tool-desk.ts';
import type { Tool } from '../../booking/tools/tool.ts';
import type { Filler } from '../model/filler.ts';
import { giveIfDropped } from '../model/dropped-result.ts';
import type { Replies } from '../model/replies.ts';

/** The turn of speech in which a tool is called. */
export interface SpokenTurn {
  /** Resolves once what the agent says in this turn has been heard: whether it said anything. */
  heard: () => Promise<boolean>;
  /** Whether the caller is saying something. */
  isCallerSpeaking: () => boolean;
}

/**
 * A tool as LiveKit Agents calls it.
 * @param replies hold back while something is changed, so that its answer is heard first
 * @param filler says a word where it takes long
 */
export function livekitTool(
  tool: Tool<SpokenTurn>,
  {
    desk,
    replies,
    filler,
  }: { desk: ToolDesk; replies: Pick<Replies, 'during'>; filler: Pick<Filler, 'during'> },
) {
  return llm.tool({
    name: tool.name,
    description: tool.description,
    parameters: tool.schema,
    execute: async (args, { ctx, toolCallId }) => {
      const turn = new HeardTurn(ctx);
      const run = (): Promise<unknown> =>
        filler.during(
          () => desk.run(tool, args, turn),
          () => turn.isBeingHeard,
        );
      // A barge-in would drop the answer, and the caller would never hear of a real booking
      // (agents-js#2249).
      if (tool.changes) ctx.disallowInterruptions();
      try {
        const result = await (tool.changes ? replies.during(run) : run());
        giveIfDropped(ctx, toolCallId, result);
        return result;
      } catch (error) {
        if (!(error instanceof ToolRefusedError)) throw error;
        giveIfDropped(ctx, toolCallId, error.message);
        throw new llm.ToolError(error.message);
      }
    },
  });
}

class HeardTurn implements SpokenTurn {
  readonly #context: voice.RunContext;
  #waiting = 0;

  constructor(context: voice.RunContext) {
    this.#context = context;
  }

  /** Whether the tool waits for what is being heard: nothing else is said before it. */
  get isBeingHeard(): boolean {
    return this.#waiting > 0;
  }

  readonly heard = async (): Promise<boolean> => {
    this.#waiting += 1;
    try {
      await this.#context.waitForPlayout();
    } finally {
      this.#waiting -= 1;
    }
    return this.#context.speechHandle.chatItems.some(({ type }) => type === 'message');
  };

  readonly isCallerSpeaking = (): boolean => this.#context.session.userState === 'speaking';
}
