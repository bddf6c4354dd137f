import { setTimeout as pause } from 'node:timers/promises';
import { realtime } from '@livekit/agents-plugin-openai';
import { WebSocket } from 'ws';
import { httpsProxyAgent } from '../../runtime/https-proxy.ts';
import type { ProxyEnvironment } from '../../runtime/https-proxy.ts';
import { FrameCutter } from './frame-cutter.ts';
import { oweAnswers } from './owed-answers.ts';
import { sessionUpdates } from './session-fields.ts';
import type { SessionFields } from './session-fields.ts';

export interface RealtimeModelOptions extends SessionFields {
  apiKey: string;
  /** Such as https://api.openai.com/v1; its scheme becomes ws or wss. */
  baseUrl: string;
  voice: string;
  /** The model answers with words alone, and hears nothing. */
  isSilent?: boolean;
  proxy: ProxyEnvironment;
  /** Called when the model cannot be reached, or fails again and again: the call cannot go on. */
  onUnreachable: (error: Error) => void;
}

/**
 * The session's own fields say which: the plugin sends nothing of it, neither its default nor another one,
 * and knows all the same that the caller's words are written down.
 */
const OWN_TRANSCRIPTION = { inputAudioTranscription: undefined } as object;
const ATTEMPTS = 4;
const FIRST_PAUSE = 300;
const HANDSHAKE_TIMEOUT = 10_000;

/**
 * OpenAI Realtime as the receptionist uses it. The plugin's own connection has no listener for a
 * refused handshake, which then ends the process (agents-js#2539), and reconnects without a pause:
 * this one tries four times with growing pauses and then reports. An answer that the
 * caller does not get is asked for again.
 */
export function createRealtimeModel(options: RealtimeModelOptions): realtime.RealtimeModel {
  class PatientSession extends realtime.RealtimeSession {
    constructor(model: realtime.RealtimeModel) {
      super(model);
      // Private in the plugin's types, as is what is replaced below.
      Object.defineProperty(this, 'bstream', { value: new FrameCutter() });
      oweAnswers(this, options.onUnreachable);
      const sendFields = (): void => {
        for (const update of sessionUpdates(options)) this.sendEvent(update);
      };
      sendFields();
      this.on('session_reconnected', sendFields);
    }
  }
  // The only place where a connection is made.
  Object.defineProperty(PatientSession.prototype, 'createWsConn', {
    value: () => connectPatiently(options),
  });
  class PatientModel extends realtime.RealtimeModel {
    override session(): realtime.RealtimeSession {
      return new PatientSession(this);
    }
  }
  return new PatientModel({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    model: options.model,
    voice: options.voice,
    ...(options.isSilent === true ? { modalities: ['text'] } : {}),
    ...OWN_TRANSCRIPTION,
    turnDetection: {
      type: 'semantic_vad',
      eagerness: 'medium',
      create_response: true,
      interrupt_response: true,
    },
  });
}

async function connectPatiently(options: RealtimeModelOptions): Promise<WebSocket> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connect(options);
    } catch (error) {
      if (attempt < ATTEMPTS) {
        await pause(FIRST_PAUSE * 2 ** (attempt - 1));
        continue;
      }
      options.onUnreachable(error instanceof Error ? error : new Error(String(error)));
      // A rejection here would be an unhandled one inside the plugin; the call is ending anyway.
      return new Promise(() => {});
    }
  }
}

function connect(options: RealtimeModelOptions): Promise<WebSocket> {
  const url = new URL(`${options.baseUrl.replace(/\/$/, '')}/realtime`);
  url.protocol = url.protocol.replace('http', 'ws');
  url.searchParams.set('model', options.model);
  const socket = new WebSocket(url, {
    headers: { Authorization: `Bearer ${options.apiKey}` },
    handshakeTimeout: HANDSHAKE_TIMEOUT,
    agent: httpsProxyAgent(url, options.proxy),
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    // Stays for the life of the socket: after an error comes a close, and the plugin sees that.
    socket.on('error', reject);
  });
}
