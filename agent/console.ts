import { createInterface } from 'node:readline';
import { initializeLogger, voice } from '@livekit/agents';
import { findAgentBySlug } from '../db/agents.ts';
import { openDatabase } from '../db/database.ts';
import { callOutcome } from '../booking/desk/call-outcome.ts';
import { ToolDesk } from '../booking/tools/tool-desk.ts';
import { readCallConfig } from './config.ts';
import { createLogger } from '../runtime/logger.ts';
import { openCall } from './call/open-call.ts';
import { createReceptionist } from './call/receptionist.ts';
import { Replies } from './call/replies.ts';
import { createSession } from './call/session.ts';
import { greeting, sayExactly } from './model/prompt.ts';
import { TimeZoneSchema } from '../runtime/time-zone.ts';

// The receptionist by typing: the same prompt, tools, booking core and database as on a call,
// without LiveKit and without a microphone. Started by `npm run console`.
const config = readCallConfig(process.env);
initializeLogger({ pretty: false, level: 'fatal' });
const logger = createLogger('console', 'warn', process.stderr);
const db = openDatabase({
  connectionString: config.DATABASE_URL,
  applicationName: 'slotline-console',
  onLostConnection: (err) => logger.warn({ err }, 'a database connection was lost'),
});

const slug = process.argv[2] ?? 'front-desk';
const agent = await findAgentBySlug(db, slug);
if (!agent) {
  console.error(`✗ There is no agent "${slug}". Name one that exists: npm run console -- <agent>`);
  process.exit(1);
}

const call = await openCall({
  db,
  masterKey: config.SLOTLINE_MASTER_KEY,
  providers: config.providers,
  logger,
  metadata: {
    agentId: agent.id,
    caller: {
      timeZone: TimeZoneSchema.safeParse(Intl.DateTimeFormat().resolvedOptions().timeZone).data,
    },
  },
  line: 'console',
  roomName: 'console',
  rehearsal: config.SLOTLINE_REHEARSAL,
});
const ended = Promise.withResolvers<{ reason: string; failed: boolean }>();
const hangUp = (reason: string): void => ended.resolve({ reason, failed: false });
const { session, usage } = createSession(call, config, (error) => {
  ended.resolve({ reason: error.message, failed: true });
});
const tools = new ToolDesk({ call, logger, onChange: () => {} });
const replies = new Replies(session, logger);
const receptionist = createReceptionist({
  call,
  callerName: null,
  tools,
  replies,
  expectKeys: null,
  transfer: null,
  hangUp,
});
session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
  if (item.type !== 'message' || item.role !== 'assistant') return;
  console.log(`\n${agent.businessName}: ${item.textContent ?? ''}`);
  lines.prompt();
});

console.log(`${agent.businessName}, by typing. Ctrl-D ends the call.`);
const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: 'You: ' });
lines.on('line', (text) => {
  if (text.trim() !== '') replies.say({ userInput: text });
});
lines.on('close', () => hangUp('The caller hung up.'));

await session.start({ agent: receptionist, record: false });
session.generateReply({ instructions: sayExactly(greeting(agent.businessName)) });

const { reason, failed } = await ended.promise;
lines.close();
await tools.close();
await call.desk?.release();
const made = call.desk?.appointment;
const outcome = callOutcome(call, { failed, transferred: false });
await call.record.finish({ outcome, reason, usage: usage() });
console.log(`\n${reason}${made ? ` ${made.label}: ${made.status}.` : ' Nothing was booked.'}`);
await db.destroy();
process.exit(failed ? 1 : 0);
