import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EnvironmentError } from '../../runtime/environment.ts';
import { loadConfig } from '../../token-server/config.ts';

const required = {
  DATABASE_URL: 'postgres://slotline@127.0.0.1:5432/slotline',
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'secret',
};

describe('loadConfig', () => {
  test('needs four variables and binds to loopback by itself', () => {
    expect(loadConfig(required)).toEqual({
      host: '127.0.0.1',
      port: 3000,
      webDir: resolve('dist/web'),
      databaseUrl: required.DATABASE_URL,
      masterKey: null,
      livekit: {
        url: required.LIVEKIT_URL,
        publicUrl: required.LIVEKIT_URL,
        apiKey: 'key',
        apiSecret: 'secret',
      },
      workerName: 'slotline',
      rehearsal: false,
      recordings: null,
      corsOrigins: [],
      rateLimit: { store: 'memory', tokensPerMinute: 20, webhooksPerMinute: 600 },
      trustProxy: false,
      office: null,
      logLevel: 'info',
    });
  });

  test.for(Object.keys(required))('names %s when it is missing or empty', (name) => {
    expect(() => loadConfig({ ...required, [name]: undefined })).toThrow(`${name} is not set.`);
    expect(() => loadConfig({ ...required, [name]: ' ' })).toThrow(`${name} is not set.`);
  });

  test('serves no office where others can reach it and nobody said at which address', () => {
    const asked = { ...required, OFFICE: '1' };
    expect(loadConfig(asked).office).toEqual({
      url: 'http://localhost:3000',
      origins: ['http://localhost:3000', 'http://127.0.0.1:3000'],
      oidc: null,
      webhookAddresses: expect.anything(),
    });
    expect(loadConfig({ ...asked, HOST: '0.0.0.0' }).office).toBeNull();
    expect(loadConfig({ ...asked, TRUST_PROXY: '1' }).office).toBeNull();
    const OFFICE_URL = 'https://office.example.com/';
    expect(loadConfig({ ...required, OFFICE_URL }).office).toBeNull();
    expect(loadConfig({ ...asked, HOST: '0.0.0.0', OFFICE_URL }).office).toEqual({
      url: 'https://office.example.com',
      origins: ['https://office.example.com'],
      oidc: null,
      webhookAddresses: expect.anything(),
    });
  });

  test('takes what OpenID Connect needs together or not at all', () => {
    const OIDC_ISSUER = 'https://id.example.com';
    expect(() => loadConfig({ ...required, OIDC_ISSUER })).toThrow(/together or not at all/);
  });

  test('names all that is missing at once', () => {
    expect(() => loadConfig({})).toThrow(EnvironmentError);
    expect(() => loadConfig({})).toThrow(/DATABASE_URL.*LIVEKIT_URL.*LIVEKIT_API_KEY/);
  });

  test.for([
    ['PORT', '70000'],
    ['PORT', '3000x'],
    ['DATABASE_URL', 'mysql://127.0.0.1/x'],
    ['LIVEKIT_URL', 'ftp://127.0.0.1:7880'],
    ['LIVEKIT_PUBLIC_URL', 'calls.example.com'],
    ['SLOTLINE_MASTER_KEY', 'short'],
    ['WEBHOOKS_PER_MINUTE', '0'],
    ['TOKENS_PER_MINUTE', '0'],
    ['TOKENS_PER_MINUTE', '1.5'],
    ['RATE_LIMIT_STORE', 'redis'],
    ['SLOTLINE_REHEARSAL', 'perhaps'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://ok.example.com, https://www.example.com/path'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['LOG_LEVEL', 'loud'],
  ] as const)('refuses %s=%s by name', ([name, value]) => {
    expect(() => loadConfig({ ...required, [name]: value })).toThrow(new RegExp(`^${name} must`));
  });

  test('reads lists', () => {
    const config = loadConfig({
      ...required,
      CORS_ORIGINS: 'https://www.example.com, http://localhost:5173/,',
      TRUST_PROXY: 'loopback, 10.0.0.0/8, ::1',
    });
    expect(config.corsOrigins).toEqual(['https://www.example.com', 'http://localhost:5173']);
    expect(config.trustProxy).toEqual(['loopback', '10.0.0.0/8', '::1']);
    expect(loadConfig({ ...required, TRUST_PROXY: '2' }).trustProxy).toBe(2);
  });
});
