import { voice } from '@livekit/agents';

/**
 * Lets a session listen again after tools of which the model is to tell nothing. The framework has it
 * "thinking" then until somebody speaks, and the page and the watch over silence with it.
 */
export function listenAgain(session: voice.AgentSession): void {
  session.on(voice.AgentSessionEventTypes.FunctionToolsExecuted, ({ functionCallOutputs }) => {
    const isOver = functionCallOutputs.every((answer) => (answer?.output ?? '') === '');
    if (isOver && session.agentState === 'thinking') session._updateAgentState('listening');
  });
}
