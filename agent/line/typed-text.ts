import type { voice } from '@livekit/agents';
import { saidText } from '../../runtime/said-text.ts';
import { interrupt } from '../model/interrupt.ts';

const LONGEST_TEXT = 2_000;
const TEXTS_A_MINUTE = 20;
const MINUTE = 60_000;

/**
 * Takes what a visitor types, as the framework itself would, but cut to 2,000 characters and at most
 * 20 times a minute: the model is paid by the word. What is beyond is dropped.
 *
 * @param onSign a visitor who types is there
 */
export function takeTypedText(
  onSign: () => void,
): (
  session: Pick<voice.AgentSession, 'generateReply' | 'interrupt'>,
  typed: { text: string },
) => void {
  let recent: number[] = [];
  return (session, { text }) => {
    onSign();
    const now = performance.now();
    recent = recent.filter((at) => at > now - MINUTE);
    if (recent.length >= TEXTS_A_MINUTE) return;
    recent.push(now);
    interrupt(session);
    session.generateReply({ userInput: saidText(text, LONGEST_TEXT) });
  };
}
