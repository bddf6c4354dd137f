import { voice } from '@livekit/agents';
import { bookingTools } from '../../booking/tools/booking-tools.ts';
import { escalateByMessage } from '../../booking/tools/escalate-by-message.ts';
import type { ToolDesk } from '../../booking/tools/tool-desk.ts';
import type { ExpectedKeys } from '../line/keys.ts';
import type { Transfer } from '../line/transfer.ts';
import { instructions } from '../model/prompt.ts';
import { endCall } from '../tools/end-call.ts';
import { expectKeys } from '../tools/expect-keys.ts';
import { stopRecording } from '../tools/stop-recording.ts';
import { noteDetails } from '../tools/note-details.ts';
import { livekitTool } from '../tools/livekit-tool.ts';
import { escalateByTransfer } from '../tools/escalate-by-transfer.ts';
import type { Filler } from '../model/filler.ts';
import type { OpenCall } from './open-call.ts';
import { doneBefore, saidBefore } from './take-over.ts';
import type { Replies } from '../model/replies.ts';

export interface ReceptionistOptions {
  call: OpenCall;
  /** As the page knows it; null where it is not known. */
  callerName: string | null;
  tools: ToolDesk;
  replies: Replies;
  filler: Filler;
  /** Null where there are no keys to press. */
  expectKeys: ((expected: ExpectedKeys) => void) | null;
  /** Null where there is nobody to be put through to. */
  transfer: Transfer | null;
  /** Absent where the call is not recorded. */
  recording?: { refuse: () => Promise<boolean> } | undefined;
  /** Shows the caller's page what has changed; null where they have none. */
  showPage: (() => void) | null;
  /** The agent ends the call. */
  hangUp: (reason: string) => void;
}

/** The receptionist of one call: what the model is told, and the tools it has. */
export function createReceptionist(options: ReceptionistOptions): voice.Agent {
  const { call, hangUp, transfer, replies, filler, showPage } = options;
  const { desk } = call;
  const tools = [
    ...bookingTools(call),
    ...(desk && showPage ? [noteDetails({ desk, language: call.language, showPage })] : []),
    ...(options.expectKeys ? [expectKeys(options.expectKeys)] : []),
    ...(options.recording ? [stopRecording(options.recording)] : []),
    transfer ? escalateByTransfer(transfer, hangUp) : escalateByMessage(call),
    endCall(hangUp),
  ];
  const told = instructions(call.agent, {
    now: call.now(),
    timeZone: call.timeZone,
    languages: call.language.allowed,
    callerName: options.callerName,
    isRecorded: options.recording !== undefined,
    hasPage: desk !== null && showPage !== null,
    phone:
      call.line === 'phone'
        ? { callerNumber: call.numbers.caller, canTransfer: transfer !== null }
        : null,
  });
  const { earlier } = call;
  return new voice.Agent({
    instructions: earlier ? [told, ...doneBefore(earlier, call.desk, tools)].join('\n') : told,
    ...(earlier ? { chatCtx: saidBefore(earlier) } : {}),
    tools: tools.map((tool) => livekitTool(tool, { desk: options.tools, replies, filler })),
  });
}
