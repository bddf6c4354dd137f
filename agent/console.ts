import { createInterface } from 'node:readline';
import { initializeLogger, voice } from '@livekit/agents';
import { findAgentBySlug, listSlugs } from '../db/agents.ts';
import { explainDatabaseTrouble } from '../db/database-trouble.ts';
import { openDatabase } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { checkSchema } from '../db/migrator.ts';
import { createLogger } from '../runtime/logger.ts';
import type { Logger } from '../runtime/logger.ts';
import { OperatorError } from '../runtime/operator-error.ts';
import { runProgram } from '../runtime/run-program.ts';
import { TimeZoneSchema } from '../runtime/given/time-zone.ts';
import { Conversation } from './call/conversation.ts';
import type { EndOfCall } from './call/conversation.ts';
import { openCall } from './call/open-call.ts';
import type { OpenCall } from './call/open-call.ts';
import { createReceptionist } from './call/receptionist.ts';
import { readCallConfig } from './config.ts';
import type { CallConfig } from './config.ts';
import { TypedLines } from './typed-lines.ts';

// The receptionist by typing: the same prompt, tools, booking core and database as on a call,
// without LiveKit and without a microphone. Started by `npm run console`.
await runProgram(async () => {
  const config = readCallConfig(process.env);
  initializeLogger({ pretty: false, level: 'fatal' });
  const logger = createLogger('console', 'warn', process.stderr);
  const db = openDatabase({
    connectionString: config.DATABASE_URL,
    applicationName: 'slotline-console',
    onLostConnection: (err) => logger.warn({ err }, 'a database connection was lost'),
  });
  try {
    await checkSchema(db);
    const call = await openTypedCall(db, config, logger);
    const { reason, failed } = await talk(call, config);
    const made = call.desk?.appointment;
    console.log(`\n${reason}${made ? ` ${made.label}: ${made.status}.` : ' Nothing was booked.'}`);
    if (failed) process.exitCode = 1;
  } finally {
    await db.destroy();
  }
}, explainDatabaseTrouble);
// The framework keeps timers of its own.
process.exit();

/** @throws {OperatorError} there is no such agent */
async function openTypedCall(db: Database, config: CallConfig, logger: Logger): Promise<OpenCall> {
  const slug = process.argv[2] ?? 'front-desk';
  const agent = await findAgentBySlug(db, slug);
  if (!agent) {
    const slugs = await listSlugs(db, 20);
    throw new OperatorError(
      slugs.length === 0
        ? `There is no agent "${slug}", and no other: add one with \`slotline agents add\`.`
        : `There is no agent "${slug}". Name one that exists: npm run console -- ${slugs.join(' | ')}`,
    );
  }
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return openCall({
    db,
    masterKey: config.SLOTLINE_MASTER_KEY,
    providers: config.providers,
    logger,
    metadata: {
      agentId: agent.id,
      caller: { timeZone: TimeZoneSchema.safeParse(timeZone).data },
    },
    line: 'console',
    roomName: 'console',
    rehearsal: config.SLOTLINE_REHEARSAL,
  });
}

/** Holds the call on this terminal to its end, and settles it. */
async function talk(call: OpenCall, config: CallConfig): Promise<EndOfCall> {
  const { businessName } = call.agent;
  const ended = Promise.withResolvers<EndOfCall>();
  const hangUp = (reason: string): void => ended.resolve({ reason, failed: false, by: 'caller' });
  const conversation = new Conversation({
    call,
    config,
    transfer: null,
    end: ended.resolve,
    onChange: () => {},
  });
  const { session, replies, tools, filler } = conversation;
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: 'You: ' });
  const typed = new TypedLines({
    say: (userInput) => replies.say({ userInput }),
    isQuiet: () => !replies.areHeld && ['idle', 'listening'].includes(session.agentState),
    onEnd: () => hangUp('The caller hung up.'),
  });
  lines.on('line', (text) => typed.push(text));
  let isClosed = false;
  lines.on('close', () => {
    isClosed = true;
    // At a terminal it is the caller who ends the call; a pipe only has no more to say.
    if (process.stdin.isTTY) hangUp('The caller hung up.');
    else typed.end();
  });
  session.on(voice.AgentSessionEventTypes.AgentStateChanged, () => typed.stir());
  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    console.log(`\n${businessName}: ${item.textContent ?? ''}`);
    typed.stir();
    // One that is closed takes no prompt, and throws.
    if (!isClosed) lines.prompt();
  });
  console.log(`${businessName}, by typing. Ctrl-D ends the call.`);
  const agent = createReceptionist({
    call,
    callerName: null,
    tools,
    replies,
    filler,
    expectKeys: null,
    showPage: null,
    transfer: null,
    hangUp,
  });
  try {
    await session.start({ agent, record: false });
    conversation.greet();
  } catch (error) {
    call.logger.error({ err: error }, 'the session did not begin');
    ended.resolve({ reason: 'The session did not begin.', failed: true, by: 'fault' });
  }
  const end = await ended.promise;
  typed.stop();
  lines.close();
  await conversation.settle(end);
  await conversation.close();
  return end;
}
