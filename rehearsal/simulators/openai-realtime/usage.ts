import { audioMilliseconds, type ConversationItems } from './conversation-items.ts';
import type { RateLimit, Usage } from './server-events.ts';

/**
 * Token counts as the real service bills them: audio heard is a token per 100 ms, audio spoken one per
 * 50 ms (OpenAI's "Managing Realtime costs" guide); text is estimated at four characters a token.
 */
export interface TokenCount {
  text: number;
  audio: number;
}

const CHARACTERS_PER_TOKEN = 4;

export function textTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

export function spokenTokens(milliseconds: number): number {
  return Math.ceil(milliseconds / 50);
}

/** What the model reads before it replies: the instructions, and every item so far. */
export function inputTokens(items: ConversationItems, instructions: string): TokenCount {
  const count = { text: textTokens(instructions), audio: 0 };
  for (const { item, audio } of items.all()) {
    if (audio !== null) {
      const perToken = item.type === 'message' && item.role === 'assistant' ? 50 : 100;
      count.audio += Math.ceil(audioMilliseconds(audio) / perToken);
    } else if (item.type === 'message') {
      for (const part of item.content) if ('text' in part) count.text += textTokens(part.text);
    } else {
      count.text += textTokens(item.type === 'function_call' ? item.arguments : item.output);
    }
  }
  return count;
}

export function usageOf(input: TokenCount, output: TokenCount): Usage {
  const inputTotal = input.text + input.audio;
  const outputTotal = output.text + output.audio;
  return {
    total_tokens: inputTotal + outputTotal,
    input_tokens: inputTotal,
    output_tokens: outputTotal,
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: 0,
      cached_tokens: 0,
      cached_tokens_details: { text_tokens: 0, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: { text_tokens: output.text, audio_tokens: output.audio },
  };
}

const TOKENS_PER_MINUTE = 40_000;

/** Counts the tokens of the last minute, as the real service's `rate_limits.updated` tells; refuses nothing. */
export class RateLimits {
  readonly #now: () => number;
  #spent: { at: number; tokens: number }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  spend(tokens: number): void {
    this.#spent.push({ at: this.#now(), tokens });
  }

  current(): RateLimit[] {
    const since = this.#now() - 60_000;
    this.#spent = this.#spent.filter(({ at }) => at > since);
    const used = this.#spent.reduce((sum, { tokens }) => sum + tokens, 0);
    return [
      {
        name: 'tokens',
        limit: TOKENS_PER_MINUTE,
        remaining: Math.max(0, TOKENS_PER_MINUTE - used),
        reset_seconds: (used / TOKENS_PER_MINUTE) * 60,
      },
    ];
  }
}
