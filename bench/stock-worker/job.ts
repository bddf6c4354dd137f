import { defineAgent, llm, voice } from '@livekit/agents';
import type { JobContext } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-openai';
import { z } from 'zod';

// The rehearsal model asks for a day only where the session can look one up.
const list = llm.tool({
  name: 'list_available_slots',
  description: 'Finds free times.',
  parameters: z.object({ when: z.string().nullable(), range_days: z.number().nullable() }),
  execute: () => Promise.resolve({ status: 'none', message: 'Nothing is free.', slots: [] }),
});
const schedule = llm.tool({
  name: 'schedule_appointment',
  description: 'Books a time.',
  parameters: z.object({ slot_id: z.string() }),
  execute: () => Promise.resolve({ status: 'taken', message: 'That time is taken.', slots: [] }),
});

// The framework imports this file in every job process and calls what it exports by default.
// oxlint-disable-next-line import/no-default-export
export default defineAgent({
  entry: async (context: JobContext) => {
    await context.connect();
    const session = new voice.AgentSession({ llm: new realtime.RealtimeModel() });
    await session.start({
      agent: new voice.Agent({ instructions: 'You are a receptionist.', tools: [list, schedule] }),
      room: context.room,
    });
    session.generateReply({
      instructions:
        'Say exactly this, word for word: "Hi, this is Harbor Street Clinic, how can I help you?"',
    });
    session.once(voice.AgentSessionEventTypes.Close, () => context.shutdown());
  },
});
