import { defineAgent, log } from '@livekit/agents';
import type { JobContext } from '@livekit/agents';
import { openDatabase, pingDatabase } from '../db/database.ts';
import { guardGlobalFetch } from '../runtime/http-transport.ts';
import { Call } from './call/call.ts';
import type { CallParts } from './call/call.ts';
import { readAgentConfig } from './config.ts';
import { createLogger } from '../runtime/logger.ts';

// The framework imports this file in every job process and calls what it exports by default.
// oxlint-disable-next-line import/no-default-export
export default defineAgent<CallParts>({
  prewarm: async (process) => {
    guardGlobalFetch();
    const config = readAgentConfig(globalThis.process.env);
    const logger = createLogger('call', config.LOG_LEVEL);
    // In a call the framework's log has what callers said in it, up to its errors: the arguments of a
    // tool that do not fit, for one. What a call meets is logged by us.
    if (config.LOG_LEVEL !== 'trace') log().level = 'fatal';
    const db = openDatabase({
      connectionString: config.DATABASE_URL,
      maxConnections: 3,
      applicationName: 'slotline-call',
      onLostConnection: (error) => logger.warn({ err: error }, 'a database connection was lost'),
    });
    process.userData = { config, db, logger };
    // A caller shall not wait for the first connection. Without one the call itself will say so.
    await pingDatabase(db).catch((error: unknown) => {
      logger.warn({ err: error }, 'the database does not answer');
    });
  },
  entry: async (context: JobContext<CallParts>) => {
    const { job, proc, room } = context;
    const call = new Call(
      {
        id: job.id,
        metadata: job.metadata,
        roomName: job.room?.name ?? '',
        room,
        connect: () => context.connect(),
        deleteRoom: () => context.deleteRoom(),
      },
      proc.userData,
    );
    // The worker is stopping: what was begun is settled before the process goes.
    context.addShutdownCallback(() => {
      call.end({ reason: 'The worker stopped.', failed: true, by: 'fault' });
      return call.over;
    });
    await call.run();
    await proc.userData.db.destroy();
    context.shutdown('The call has ended.');
  },
});
