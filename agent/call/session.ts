import { voice } from '@livekit/agents';
import type { ModelConfig } from '../config.ts';
import { createRealtimeModel } from '../model/realtime-model.ts';
import type { RealtimeModelOptions } from '../model/realtime-model.ts';
import type { OpenCall } from './open-call.ts';
import { recallCall } from './recall-call.ts';
import { SessionRecord } from './session-record.ts';

/** Seconds of silence on both sides before the caller counts as away. */
const AWAY_AFTER_SECONDS = 12;

/** A session in which the model itself hears where a turn ends, and speaks. */
export function openSession(
  config: ModelConfig,
  model: Omit<RealtimeModelOptions, 'apiKey' | 'baseUrl' | 'proxy'>,
  options: Pick<voice.AgentSessionOptions, 'userAwayTimeout'> = {},
): voice.AgentSession {
  return new voice.AgentSession({
    llm: createRealtimeModel({
      apiKey: config.OPENAI_API_KEY,
      baseUrl: config.OPENAI_BASE_URL,
      proxy: config.proxy,
      ...model,
    }),
    vad: null,
    turnHandling: { turnDetection: 'realtime_llm' },
    // Otherwise the first three seconds of a caller who interrupts are replaced by silence.
    aecWarmupDuration: null,
    ...options,
  });
}

/**
 * The session of one call with its model: everything that is said is written down.
 * @param speech holds what is said to what is true
 * @param onFailure the model cannot be reached or has failed for good
 * @param onLost it has been away for longer than a moment
 */
export function createSession(
  call: OpenCall,
  config: ModelConfig,
  speech: RealtimeModelOptions['speech'],
  onFailure: (error: Error) => void,
  onLost?: () => void,
): voice.AgentSession {
  const { agent, desk, language, record, logger, isSilent, line, now } = call;
  const model = agent.realtimeModel ?? config.OPENAI_REALTIME_MODEL;
  const sessionRecord = new SessionRecord({
    record,
    baseUrl: config.OPENAI_BASE_URL,
    model,
    medium: isSilent || line === 'console' ? 'text' : 'speech',
    now,
  });
  const session = openSession(
    config,
    {
      model,
      transcriptionModel: agent.transcriptionModel ?? config.OPENAI_TRANSCRIPTION_MODEL,
      reasoningEffort: agent.reasoningEffort ?? config.OPENAI_REASONING_EFFORT,
      voice: agent.voice,
      language: agent.language,
      languages: language.allowed,
      keywords: [
        agent.businessName,
        agent.name,
        ...(desk?.eventNames ?? []),
        ...(desk?.hostNames ?? []),
      ],
      isSilent,
      recall: () => recallCall(call),
      ...(speech ? { speech } : {}),
      onUnreachable: onFailure,
      ...(onLost ? { onLost } : {}),
      onServerEvent: (event) => sessionRecord.received(event),
      onUnreadable: () => logger.warn('an event of the model could not be read'),
    },
    { userAwayTimeout: AWAY_AFTER_SECONDS },
  );
  sessionRecord.follow(session);
  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => {
    // The framework wraps what the model's connection threw.
    const cause = error instanceof Error ? error : error.error;
    logger.warn({ err: cause }, 'session error');
  });
  return session;
}
