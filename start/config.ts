import { z } from 'zod';
import { StartError } from './start-error.ts';

/** A line `NAME=` in a .env file means "not set". */
const optionalText = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z.string().optional(),
);

const port = (fallback: number) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(65_535).default(fallback),
  );

const environmentSchema = z
  .object({
    HOST: optionalText.transform((value) => value ?? '127.0.0.1'),
    PORT: port(3000),
    SLOTLINE_WEB_PORT: port(5173),
    POSTGRES_PORT: port(54_320),
    AGENT_HEALTH_PORT: port(8081),
    REHEARSAL_PORT: port(8790),
    CALCOM_SIMULATOR_PORT: port(8791),
    REDIS_PORT: port(6390),
    SIP_PORT: port(5060),
    RTP_PORT: port(10_000),
    DATABASE_URL: optionalText,
    LIVEKIT_URL: optionalText,
    LIVEKIT_API_KEY: optionalText,
    LIVEKIT_API_SECRET: optionalText,
    LIVEKIT_SERVER_BIN: optionalText,
    OPENAI_API_KEY: optionalText,
    SLOTLINE_WORKER_NAME: optionalText.transform((value) => value ?? 'slotline'),
    SLOTLINE_MASTER_KEY: optionalText,
  })
  .superRefine((environment, context) => {
    if (!environment.LIVEKIT_URL) return;
    for (const name of ['LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const) {
      if (environment[name]) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'is missing: LIVEKIT_URL names a server of yours, which needs its key and secret',
      });
    }
  });

/** What `npm start` itself reads from the environment; the parts read the rest in their own config.ts. */
export interface StartConfig {
  host: string;
  ports: {
    tokenServer: number;
    webDev: number;
    postgres: number;
    agentHealth: number;
    rehearsal: number;
    calcomSimulator: number;
    redis: number;
    sip: number;
    /** The first of two hundred. */
    rtp: number;
  };
  /** The user's own database; undefined starts one. */
  databaseUrl: string | undefined;
  /** The user's own LiveKit server; undefined starts one. */
  livekit: { url: string; apiKey: string; apiSecret: string } | undefined;
  livekitServerBinary: string | undefined;
  openaiApiKey: string | undefined;
  workerName: string;
  masterKey: string | undefined;
}

/** @throws StartError that names every variable that is wrong */
export function readStartConfig(environment: NodeJS.ProcessEnv): StartConfig {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new StartError(`The environment cannot be used: ${problems.join('; ')}.`);
  }
  const values = parsed.data;
  return {
    host: values.HOST,
    ports: {
      tokenServer: values.PORT,
      webDev: values.SLOTLINE_WEB_PORT,
      postgres: values.POSTGRES_PORT,
      agentHealth: values.AGENT_HEALTH_PORT,
      rehearsal: values.REHEARSAL_PORT,
      calcomSimulator: values.CALCOM_SIMULATOR_PORT,
      redis: values.REDIS_PORT,
      sip: values.SIP_PORT,
      rtp: values.RTP_PORT,
    },
    databaseUrl: values.DATABASE_URL,
    livekit: values.LIVEKIT_URL
      ? {
          url: values.LIVEKIT_URL,
          apiKey: values.LIVEKIT_API_KEY ?? '',
          apiSecret: values.LIVEKIT_API_SECRET ?? '',
        }
      : undefined,
    livekitServerBinary: values.LIVEKIT_SERVER_BIN,
    openaiApiKey: values.OPENAI_API_KEY,
    workerName: values.SLOTLINE_WORKER_NAME,
    masterKey: values.SLOTLINE_MASTER_KEY,
  };
}
