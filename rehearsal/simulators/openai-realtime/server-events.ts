import type { SessionConfig } from './session-config.ts';

/** Items as they stand on the wire; audio data travels only in `conversation.item.retrieved`. */
export type ContentPart =
  | { type: 'input_text'; text: string }
  | { type: 'input_audio'; transcript: string | null; audio?: string }
  | { type: 'input_image'; image_url: string; detail?: 'auto' | 'low' | 'high' }
  | { type: 'output_text'; text: string }
  | { type: 'output_audio'; transcript?: string; audio?: string };

export type ItemStatus = 'completed' | 'incomplete' | 'in_progress';

export interface MessageItem {
  id: string;
  object: 'realtime.item';
  type: 'message';
  status: ItemStatus;
  role: 'system' | 'user' | 'assistant';
  content: ContentPart[];
}
export interface FunctionCallItem {
  id: string;
  object: 'realtime.item';
  type: 'function_call';
  status: ItemStatus;
  name: string;
  call_id: string;
  arguments: string;
}
export interface FunctionCallOutputItem {
  id: string;
  object: 'realtime.item';
  type: 'function_call_output';
  status: ItemStatus;
  call_id: string;
  output: string;
}
export type Item = MessageItem | FunctionCallItem | FunctionCallOutputItem;

export interface Usage {
  total_tokens: number;
  input_tokens: number;
  output_tokens: number;
  input_token_details: {
    text_tokens: number;
    audio_tokens: number;
    image_tokens: number;
    cached_tokens: number;
    cached_tokens_details: { text_tokens: number; audio_tokens: number; image_tokens: number };
  };
  output_token_details: { text_tokens: number; audio_tokens: number };
}

export type CancelReason = 'turn_detected' | 'client_cancelled';

export interface Response {
  object: 'realtime.response';
  id: string;
  conversation_id: string | null;
  status: 'in_progress' | 'completed' | 'cancelled' | 'failed';
  status_details:
    | null
    | { type: 'cancelled'; reason: CancelReason }
    | { type: 'failed'; error: { type: string; code: string } };
  output: Item[];
  output_modalities: ('text' | 'audio')[];
  max_output_tokens: number | 'inf';
  audio: { output: Pick<SessionConfig['audio']['output'], 'format' | 'voice'> };
  usage: Usage | null;
  metadata: Record<string, string> | null;
}

export interface RateLimit {
  name: 'requests' | 'tokens';
  limit: number;
  remaining: number;
  reset_seconds: number;
}

type OutputPart = { type: 'audio'; transcript: string } | { type: 'text'; text: string };
interface InResponse {
  response_id: string;
  output_index: number;
}
interface InItem extends InResponse {
  item_id: string;
}
interface InPart extends InItem {
  content_index: number;
}
interface Placed {
  previous_item_id: string | null;
  item: Item;
}
interface Transcribed {
  item_id: string;
  content_index: number;
}

interface Fields {
  'session.created': { session: SessionConfig };
  'session.updated': { session: SessionConfig };
  'input_audio_buffer.speech_started': { item_id: string; audio_start_ms: number };
  'input_audio_buffer.speech_stopped': { item_id: string; audio_end_ms: number };
  'input_audio_buffer.timeout_triggered': {
    item_id: string;
    audio_start_ms: number;
    audio_end_ms: number;
  };
  'input_audio_buffer.committed': { item_id: string; previous_item_id: string | null };
  'input_audio_buffer.cleared': object;
  'conversation.item.added': Placed;
  'conversation.item.done': Placed;
  'conversation.item.retrieved': { item: Item };
  'conversation.item.deleted': { item_id: string };
  'conversation.item.truncated': { item_id: string; content_index: number; audio_end_ms: number };
  'conversation.item.input_audio_transcription.delta': Transcribed & { delta: string };
  'conversation.item.input_audio_transcription.completed': Transcribed & {
    transcript: string;
    usage: { type: 'duration'; seconds: number };
  };
  'conversation.item.input_audio_transcription.failed': Transcribed & {
    error: { type: string; code: string; message: string };
  };
  'response.created': { response: Response };
  'response.done': { response: Response };
  'response.output_item.added': InResponse & { item: Item };
  'response.output_item.done': InResponse & { item: Item };
  'response.content_part.added': InPart & { part: OutputPart };
  'response.content_part.done': InPart & { part: OutputPart };
  'response.output_audio.delta': InPart & { delta: string };
  'response.output_audio.done': InPart;
  'response.output_audio_transcript.delta': InPart & { delta: string };
  'response.output_audio_transcript.done': InPart & { transcript: string };
  'response.output_text.delta': InPart & { delta: string };
  'response.output_text.done': InPart & { text: string };
  'response.function_call_arguments.delta': InItem & { call_id: string; delta: string };
  'response.function_call_arguments.done': InItem & {
    call_id: string;
    name: string;
    arguments: string;
  };
  'rate_limits.updated': { rate_limits: RateLimit[] };
  error: {
    error: {
      type: string;
      code: string | null;
      message: string;
      param: string | null;
      event_id: string | null;
    };
  };
}

/** Every server event of the GA protocol over WebSocket that the rehearsal model sends. */
export type ServerEvent = {
  [Type in keyof Fields]: { type: Type } & Fields[Type];
}[keyof Fields];

/** Sends one event to the client of a session; the sender adds `event_id`. */
export type SendEvent = (event: ServerEvent) => void;
