/** A model as OpenAI's API lists it, as far as it differs from one to the other. */
export interface ListedModel {
  id: string;
  /** The day on which it is switched off; null where none is announced. */
  shutdown_date: string | null;
}

/** As OpenAI's deprecations page had them on 28 November 2026. */
const MODELS: readonly ListedModel[] = [
  { id: 'gpt-realtime', shutdown_date: '2027-01-20' },
  { id: 'gpt-realtime-mini', shutdown_date: '2027-01-20' },
  { id: 'gpt-realtime-1.5', shutdown_date: null },
  { id: 'gpt-realtime-2', shutdown_date: null },
  { id: 'gpt-realtime-2.1', shutdown_date: null },
  { id: 'gpt-realtime-2.1-mini', shutdown_date: null },
  { id: 'whisper-1', shutdown_date: '2027-02-26' },
  { id: 'gpt-4o-mini-transcribe', shutdown_date: '2027-02-26' },
  { id: 'gpt-transcribe', shutdown_date: null },
];

/** The body of `GET /v1/models`. */
export function modelList(models: readonly ListedModel[] = MODELS): object {
  const data = models.map((model) => ({
    object: 'model',
    created: 1_767_225_600,
    owned_by: 'system',
    ...model,
  }));
  return { object: 'list', data };
}
