import { z } from 'zod';
import { createTransport } from '../../runtime/http-transport.ts';
import type { ProxyEnvironment } from '../../runtime/https-proxy.ts';

/** Where the models are, with which key, and which ones the worker uses unless an agent has its own. */
export interface ModelAccess {
  /** Such as https://api.openai.com/v1. */
  baseUrl: string;
  apiKey: string;
  realtimeModel: string;
  transcriptionModel: string;
  proxy: ProxyEnvironment;
}

const AnswerSchema = z.object({
  data: z.array(z.object({ id: z.string(), shutdown_date: z.string().nullish() })),
});

export type ModelsAnswer =
  | { kind: 'models'; models: z.infer<typeof AnswerSchema>['data'] }
  | { kind: 'refused' }
  | { kind: 'failed'; reason: string };

/** Milliseconds: an operator waits. */
const DEADLINE = 10_000;

/** Asks `GET /models`. */
export async function readModels({ baseUrl, apiKey, proxy }: ModelAccess): Promise<ModelsAnswer> {
  const fetch = createTransport({ deadline: DEADLINE, proxy });
  try {
    const response = await fetch(`${baseUrl.replace(/\/$/, '')}/models`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    if (response.status === 401) return { kind: 'refused' };
    if (!response.ok) return { kind: 'failed', reason: `status ${response.status}` };
    const parsed = AnswerSchema.safeParse(await response.json());
    if (!parsed.success) return { kind: 'failed', reason: 'its answer is no list of models' };
    return { kind: 'models', models: parsed.data.data };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : 'unknown' };
  }
}
