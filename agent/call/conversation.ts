import { voice } from '@livekit/agents';
import type { AgentConfig } from '../config.ts';
import type { ExpectedKeys } from '../line/keys.ts';
import type { OpenCall } from './open-call.ts';
import { instructions } from '../model/prompt.ts';
import { createRealtimeModel } from '../model/realtime-model.ts';
import { cancelAppointment } from '../tools/cancel-appointment.ts';
import { endCall } from '../tools/end-call.ts';
import { expectKeys } from '../tools/expect-keys.ts';
import { findAppointments } from '../tools/find-appointments.ts';
import { listAvailableSlots } from '../tools/list-available-slots.ts';
import { rescheduleAppointment } from '../tools/reschedule-appointment.ts';
import { scheduleAppointment } from '../tools/schedule-appointment.ts';
import { takeMessage } from '../tools/take-message.ts';
import { ToolDesk } from '../tools/tool-desk.ts';
import { transferCall } from '../tools/transfer-call.ts';
import type { Transfer } from '../line/transfer.ts';

/** Seconds of silence on both sides before the caller counts as away. */
const AWAY_AFTER_SECONDS = 12;

export interface ConversationOptions {
  call: OpenCall;
  callerName: string | null;
  /** Null where there are no keys to press. */
  onExpectKeys: ((expected: ExpectedKeys) => void) | null;
  /** Null where there is nobody to be put through to. */
  transfer: Transfer | null;
  config: Pick<AgentConfig, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_REALTIME_MODEL'>;
  /** What a page shows may have changed. */
  onChange: () => void;
  /** The agent ends the call. */
  onHangUp: (reason: string) => void;
  /** The model cannot be reached or has failed for good. */
  onFailure: (error: Error) => void;
}

export interface Conversation {
  session: voice.AgentSession;
  receptionist: voice.Agent;
  tools: ToolDesk;
  /** Tokens so far, by kind. */
  usage: () => Record<string, number>;
}

/** The receptionist of one call: model, prompt, tools, and everything said written down. */
export function createConversation(options: ConversationOptions): Conversation {
  const { call, config } = options;
  const { agent, desk, record, logger } = call;
  const { onExpectKeys, transfer } = options;
  const tools = new ToolDesk({ record, logger, onChange: options.onChange });
  const receptionist = new voice.Agent({
    instructions: instructions(agent, {
      now: call.now(),
      timeZone: call.timeZone,
      callerName: options.callerName,
      phone:
        call.line === 'phone'
          ? { callerNumber: call.numbers.caller, canTransfer: transfer !== null }
          : null,
    }),
    tools: [
      ...(desk
        ? [
            listAvailableSlots(desk, tools),
            scheduleAppointment(call, desk, tools),
            findAppointments(desk, tools),
            rescheduleAppointment(desk, tools, record),
            cancelAppointment(desk, tools, record),
          ]
        : []),
      takeMessage(call.messages, tools, call.line, record.secrets),
      ...(onExpectKeys ? [expectKeys(tools, onExpectKeys)] : []),
      ...(transfer ? [transferCall(transfer, tools, options.onHangUp)] : []),
      endCall(tools, options.onHangUp),
    ],
  });
  const session = new voice.AgentSession({
    llm: createRealtimeModel({
      apiKey: config.OPENAI_API_KEY,
      baseUrl: config.OPENAI_BASE_URL,
      model: config.OPENAI_REALTIME_MODEL,
      voice: agent.voice,
      language: agent.language,
      onUnreachable: options.onFailure,
    }),
    // The model itself hears where a turn ends.
    vad: null,
    turnHandling: { turnDetection: 'realtime_llm' },
    userAwayTimeout: AWAY_AFTER_SECONDS,
    // Otherwise the first three seconds of a caller who interrupts are replaced by silence.
    aecWarmupDuration: null,
  });
  let usage: Record<string, number> = {};
  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || (item.role !== 'user' && item.role !== 'assistant')) return;
    const role = item.role === 'user' ? 'caller' : 'agent';
    record.turn(role, item.textContent ?? '', item.interrupted);
  });
  session.on(voice.AgentSessionEventTypes.SessionUsageUpdated, (event) => {
    usage = sumUsage(event.usage.modelUsage);
  });
  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => {
    // The framework wraps what the model's connection threw.
    const cause = error instanceof Error ? error : error.error;
    logger.warn({ err: cause }, 'session error');
  });
  return { session, receptionist, tools, usage: () => usage };
}

function sumUsage(entries: readonly object[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const entry of entries) {
    for (const [name, value] of Object.entries(entry)) {
      if (typeof value === 'number') sums[name] = (sums[name] ?? 0) + value;
    }
  }
  return sums;
}
