import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readAgentConfig } from '../../agent/config.ts';
import { PROVIDERS } from '../../calendar/providers.ts';
import { readCommandLineConfig } from '../../cli/config.ts';
import { readJobsConfig } from '../../jobs/config.ts';
import { databaseUrl, EnvironmentError, flag, readEnvironment } from '../../runtime/environment.ts';
import { readStartConfig } from '../../start/config.ts';
import { loadConfig } from '../../token-server/config.ts';

/** All that any of the processes needs. */
const complete = {
  DATABASE_URL: 'postgres://slotline@127.0.0.1:5432/slotline',
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'secret',
  SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
  OPENAI_API_KEY: 'sk-test',
};
type Environment = Record<string, string>;
const commandLine = (environment: Environment) =>
  readCommandLineConfig(environment, '/nowhere', PROVIDERS);
const PROCESSES: Record<string, (environment: Environment) => unknown> = {
  worker: readAgentConfig,
  'token server': loadConfig,
  jobs: readJobsConfig,
  start: readStartConfig,
  'command line': commandLine,
};

describe('one environment', () => {
  it.each([
    ['1', true],
    ['true', true],
    ['yes', true],
    ['0', false],
    ['false', false],
    ['', false],
  ])('SLOTLINE_REHEARSAL=%s is %s to worker and token server', (written, meant) => {
    const environment = { ...complete, SLOTLINE_REHEARSAL: written };
    expect(readAgentConfig(environment).SLOTLINE_REHEARSAL).toBe(meant);
    expect(loadConfig(environment).rehearsal).toBe(meant);
  });

  it.each([
    ['http://livekit.example.com:7880', 'ws://livekit.example.com:7880'],
    ['https://livekit.example.com', 'wss://livekit.example.com'],
    [' wss://livekit.example.com ', 'wss://livekit.example.com'],
  ])('LIVEKIT_URL=%s is the same server to every process', async (written, meant) => {
    const environment = { ...complete, LIVEKIT_URL: written };
    expect(readAgentConfig(environment).LIVEKIT_URL).toBe(meant);
    expect(loadConfig(environment).livekit).toMatchObject({ url: meant, publicUrl: meant });
    expect(readStartConfig(environment).livekit?.url).toBe(meant);
    expect((await commandLine(environment)).livekit?.url).toBe(meant);
  });

  it('is read by all with space around its values, and silent', () => {
    const environment = Object.fromEntries(
      Object.entries({ ...complete, LOG_LEVEL: 'silent' }).map(([name, value]) => [
        name,
        ` ${value}\t`,
      ]),
    );
    for (const read of Object.values(PROCESSES)) expect(() => read(environment)).not.toThrow();
    expect(readAgentConfig(environment).DATABASE_URL).toBe(complete.DATABASE_URL);
    expect(readJobsConfig(environment).LOG_LEVEL).toBe('silent');
  });

  it.each([
    [
      'DATABASE_URL',
      'mysql://127.0.0.1/slotline',
      ['worker', 'token server', 'jobs', 'start', 'command line'],
    ],
    [
      'SLOTLINE_MASTER_KEY',
      Buffer.alloc(32).toString('base64'),
      ['worker', 'token server', 'jobs', 'start', 'command line'],
    ],
    ['LIVEKIT_URL', 'livekit.example.com', ['worker', 'token server', 'start', 'command line']],
    ['CALCOM_BASE_URL', 'file:///etc', ['worker', 'jobs', 'command line']],
    ['CALCOM_BASE_URL', 'http://cal.example', ['worker', 'jobs', 'command line']],
    ['SLOTLINE_REHEARSAL', 'perhaps', ['worker', 'token server']],
    ['LOG_LEVEL', 'loud', ['worker', 'token server', 'jobs', 'start']],
    ['PORT', '0x1000', ['token server', 'start']],
    ['AGENT_HEALTH_PORT', '8081.0', ['worker', 'start']],
  ])('%s=%s is refused by all that read it, by name', async (name, written, readers) => {
    const environment = { ...complete, [name]: written };
    for (const reader of readers) {
      const read = async () => PROCESSES[reader]?.(environment);
      await expect(read()).rejects.toThrow(new RegExp(`${name} must`));
    }
  });
});

describe('readEnvironment', () => {
  const schema = z.object({
    DATABASE_URL: databaseUrl,
    ON: flag.default(true),
    REST: flag.optional(),
  });

  it('names every fault, and never the value', () => {
    const read = () => readEnvironment(schema, { DATABASE_URL: ' ', ON: 'sk-secret' });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow('DATABASE_URL is not set. ON must be 1 or 0, true or false.');
    expect(read).not.toThrow('sk-secret');
  });

  it('takes an empty value for one that is not set', () => {
    const environment = { DATABASE_URL: complete.DATABASE_URL, ON: '', REST: undefined };
    expect(readEnvironment(schema, environment)).toEqual({
      DATABASE_URL: complete.DATABASE_URL,
      ON: true,
    });
  });
});
