import { realtime } from '@livekit/agents-plugin-openai';
import { FrameCutter } from './frame-cutter.ts';
import type { TakesResults } from './dropped-result.ts';
import { oweAnswers } from './owed-answers.ts';
import type { OwedAnswers } from './owed-answers.ts';
import { ResumingSession } from './resuming-session.ts';
import type { ResumingOptions } from './resuming-session.ts';
import { gateSpeech } from './speech-gate.ts';
import type { SpeechGateOptions } from './speech-gate.ts';

export interface RealtimeModelOptions extends ResumingOptions {
  voice: string;
  /** The model answers with words alone, and hears nothing. */
  isSilent?: boolean;
  /** Holds what the model says to what is true; without it all is heard. */
  speech?: SpeechGateOptions;
  /** What the model's server sends, as it comes. */
  onServerEvent?: (event: unknown) => void;
  /** Milliseconds after which a connection is replaced; the provider ends it after an hour. */
  renewAfter?: number;
  /** Called when the model cannot be reached, or fails for good: the call cannot go on. */
  onUnreachable: (error: Error) => void;
}

/**
 * Keeps the plugin from sending a transcription model, its default included: `session-fields.ts`
 * names it. The plugin knows all the same that the caller's words are written down.
 */
const OWN_TRANSCRIPTION = { inputAudioTranscription: undefined } as object;

/**
 * OpenAI Realtime as the receptionist uses it. The plugin's own connection has no listener for a refused
 * handshake, which then ends the process (agents-js#2539), and a connection that breaks takes along what
 * was under way: here the session goes on, and an answer that the caller does not get is asked for again.
 */
export function createRealtimeModel(options: RealtimeModelOptions): realtime.RealtimeModel {
  class PatientSession extends ResumingSession {
    readonly #answers: OwedAnswers;

    constructor(model: realtime.RealtimeModel) {
      super(model, options);
      // Private in the plugin's types.
      Object.defineProperty(this, 'bstream', { value: new FrameCutter() });
      this.#answers = oweAnswers(this, {
        renew: () => this.renew(),
        onGivenUp: options.onUnreachable,
      });
      if (options.speech) gateSpeech(this, options.speech);
      if (options.onServerEvent) this.on('openai_server_event_received', options.onServerEvent);
    }

    override giveResult(callId: string, output: string): boolean {
      const isNew = super.giveResult(callId, output);
      if (isNew) this.#answers.owe();
      return isNew;
    }
  }
  class PatientModel extends realtime.RealtimeModel implements TakesResults {
    #session: PatientSession | undefined;

    override session(): realtime.RealtimeSession {
      this.#session = new PatientSession(this);
      return this.#session;
    }

    giveResult(callId: string, output: string): void {
      this.#session?.giveResult(callId, output);
    }
  }
  return new PatientModel({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    model: options.model,
    voice: options.voice,
    ...(options.isSilent === true ? { modalities: ['text'] } : {}),
    ...(options.renewAfter === undefined ? {} : { maxSessionDuration: options.renewAfter }),
    ...OWN_TRANSCRIPTION,
    turnDetection: {
      type: 'semantic_vad',
      eagerness: 'medium',
      create_response: true,
      interrupt_response: true,
    },
  });
}
