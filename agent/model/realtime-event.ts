/** As much of OpenAI's Realtime events, of either side, as this folder reads: none is to be trusted. */
export interface RealtimeEvent {
  type: string;
  event_id?: string;
  response_id?: string;
  item_id?: string;
  previous_item_id?: string | null;
  audio?: string;
  delta?: string;
  transcript?: string;
  item?: RealtimeItem;
  response?: {
    id?: string;
    status?: string;
    status_details?: { error?: RealtimeError | null } | null;
    output?: unknown[];
    instructions?: string;
    metadata?: { client_event_id?: string } | null;
  };
  error?: RealtimeError;
}

export interface RealtimeError {
  event_id?: string | null;
  type?: string | null;
  code?: string | null;
  message?: string | null;
}

export interface RealtimeItem {
  id?: string;
  type?: string;
  role?: string;
  content?: { type?: string; text?: string | null; transcript?: string | null }[] | null;
  name?: string;
  call_id?: string;
  arguments?: string;
  output?: string;
}
