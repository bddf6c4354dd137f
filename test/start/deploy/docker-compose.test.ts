import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { STOP_DEADLINE } from '../../../agent/call/deadlines.ts';
import { readAgentConfig } from '../../../agent/config.ts';
import { readJobsConfig } from '../../../jobs/config.ts';
import { loadConfig } from '../../../token-server/config.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/** As much of the Compose specification as the file uses; any other key is a slip. */
const HealthSchema = z.union([
  z.strictObject({ disable: z.literal(true) }),
  z.strictObject({
    test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
    interval: z.string(),
    timeout: z.string(),
    retries: z.int(),
    start_period: z.string(),
  }),
]);
const ServiceSchema = z.strictObject({
  image: z.string().regex(/:(v?\d+\.\d+(\.\d+)?|local)$/, 'is pinned'),
  build: z.literal('.').optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  restart: z.enum(['unless-stopped', 'on-failure', 'on-failure:5', 'no']),
  network_mode: z.literal('host').optional(),
  ports: z.array(z.string().startsWith('127.0.0.1:')).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  volumes: z.array(z.string()).optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({
        condition: z.enum(['service_healthy', 'service_completed_successfully']),
        required: z.boolean().optional(),
      }),
    )
    .optional(),
  healthcheck: HealthSchema,
  profiles: z.array(z.string()).optional(),
  stop_grace_period: z.string().optional(),
  stdin_open: z.boolean().optional(),
  init: z.boolean().optional(),
  shm_size: z.string().optional(),
  logging: z.strictObject({ driver: z.string(), options: z.record(z.string(), z.string()) }),
});
const ComposeSchema = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), ServiceSchema),
  volumes: z.record(z.string(), z.null()),
});

const text = read('docker-compose.yaml');
const document = parse(text, { merge: true }) as Record<string, unknown>;
const compose = ComposeSchema.parse(
  Object.fromEntries(Object.entries(document).filter(([key]) => !key.startsWith('x-'))),
);
const { services } = compose;

/** What .env has to say; the rest has a default. */
const GIVEN: Record<string, string> = {
  POSTGRES_PASSWORD: 'letters1234',
  SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
  LIVEKIT_API_KEY: 'slotline',
  LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
  LIVEKIT_PUBLIC_URL: 'wss://livekit.example.com',
  OPENAI_API_KEY: 'sk-test',
};

const VARIABLE = /\$\{([A-Z][A-Z\d_]*)(?::([-?])([^}]*))?\}/g;

function environmentOf(service: string): Record<string, string> {
  const fill = (value: string | number): string =>
    String(value).replaceAll(VARIABLE, (_match, name: string, kind: string, fallback: string) => {
      if (kind === '?' && GIVEN[name] === undefined) throw new Error(`${name} is not given`);
      return GIVEN[name] ?? fallback ?? '';
    });
  const given = services[service]?.environment ?? {};
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fill(value)]));
}

describe('docker-compose.yaml', () => {
  it('names only variables that .env.example explains', () => {
    const known = new Set(
      [...read('.env.example').matchAll(/^([A-Z][A-Z\d_]*)=/gm)].map(([, name]) => name),
    );
    const named = [...text.matchAll(VARIABLE)].map(([, name]) => name);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  it('waits only for services that there are, and for health only where it is asked for', () => {
    const slips = Object.values(services)
      .flatMap(({ depends_on: needs = {} }) => Object.entries(needs))
      .filter(([name, { condition }]) => {
        const health = services[name]?.healthcheck;
        const asksForHealth = health !== undefined && 'test' in health;
        return !health || asksForHealth !== (condition === 'service_healthy');
      });
    expect(slips).toEqual([]);
  });

  it('mounts only volumes that it declares and files that are there', () => {
    const sources = Object.values(services)
      .flatMap(({ volumes = [] }) => volumes)
      .map((mount) => mount.split(':', 1)[0] ?? '');
    const [files, volumes] = [
      sources.filter((source) => source.startsWith('./')),
      sources.filter((source) => !source.startsWith('./')),
    ];
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    expect([...new Set(volumes)].toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
  });

  it('gives each role of the image all that it reads', () => {
    expect(() => readAgentConfig(environmentOf('agent'))).not.toThrow();
    expect(() => readJobsConfig(environmentOf('jobs'))).not.toThrow();
    expect(() => loadConfig(environmentOf('token-server'))).not.toThrow();
    expect(environmentOf('migrate')).toHaveProperty('DATABASE_URL');
  });

  it('runs only roles that the image has', () => {
    const roles = Object.values(services).flatMap(({ build, command }) =>
      build && command ? command.slice(0, 1) : [],
    );
    const dockerfile = read('Dockerfile');
    expect(roles.filter((role) => !dockerfile.includes(` ${role}) `))).toEqual([]);
    expect(roles).toContain('jobs');
  });

  it('has an image with every role that the README runs, and with each of their programs', () => {
    const dockerfile = read('Dockerfile');
    const roles = [...read('README.md').matchAll(/docker run [^`\n]*? slotline ([a-z-]+)/g)].map(
      ([, role]) => role,
    );
    expect(roles).toContain('rotate-master-key');
    expect(roles.filter((role) => !dockerfile.includes(` ${role}) `))).toEqual([]);
    const programs = [...dockerfile.matchAll(/exec node (\S+)/g)].map(([, file = '']) => file);
    expect(programs.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    expect(
      programs.filter((file) => !dockerfile.includes(`\nCOPY ${file.replace(/\/.*/, '')} `)),
    ).toEqual([]);
  });

  it('asks each part for its health where the part listens', () => {
    const { AGENT_HEALTH_PORT, AGENT_HOST } = environmentOf('agent');
    const { JOBS_HEALTH_PORT, JOBS_HOST } = environmentOf('jobs');
    expect([AGENT_HEALTH_PORT, JOBS_HEALTH_PORT]).toEqual(['8081', '8082']);
    expect([AGENT_HOST, JOBS_HOST, environmentOf('token-server')['HOST']]).toEqual(
      Array.from({ length: 3 }, () => '127.0.0.1'),
    );
  });

  it('lets calls end before it stops what carries them', () => {
    const longestCallMinutes = 30;
    for (const name of ['agent', 'livekit-sip']) {
      const minutes = Number.parseInt(services[name]?.stop_grace_period ?? '0', 10);
      expect(minutes).toBeGreaterThan(longestCallMinutes);
      if (name !== 'agent') continue;
      const drain = Number(environmentOf('agent')['AGENT_DRAIN_TIMEOUT']) / 60_000;
      expect(drain).toBeGreaterThan(longestCallMinutes);
      expect(drain + STOP_DEADLINE / 60_000).toBeLessThan(minutes);
    }
  });

  it('has somebody wait for each part that ends by itself, or `up --wait` would call that a failure', () => {
    const waitedFor = new Set(
      Object.values(services).flatMap(({ depends_on: needs = {} }) =>
        Object.entries(needs)
          .filter(([, { condition }]) => condition === 'service_completed_successfully')
          .map(([name]) => name),
      ),
    );
    const passing = Object.entries(services).filter(([, { restart }]) =>
      restart.startsWith('on-failure'),
    );
    expect(passing.map(([name]) => name).filter((name) => !waitedFor.has(name))).toEqual([]);
    expect(passing).toHaveLength(2);
  });
});
