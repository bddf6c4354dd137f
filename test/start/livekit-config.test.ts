import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readLivekitTemplate, writeLivekitConfig } from '../../start/livekit-config.ts';
import { StartError } from '../../start/start-error.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slotline-livekit-config-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const repositoryFile = join(import.meta.dirname, '../../livekit.yaml');

describe('the configuration of LiveKit server', () => {
  test('in the repository holds no key and listens on loopback alone', async () => {
    const config = parse(await readFile(repositoryFile, 'utf8')) as Record<string, unknown>;
    expect(config).not.toHaveProperty('keys');
    // The TCP listener of LiveKit cannot be bound to an address: it must be off.
    expect(config).toMatchObject({
      bind_addresses: ['127.0.0.1'],
      rtc: { tcp_port: 0, ips: { includes: ['127.0.0.1/32'] }, use_external_ip: false },
    });
  });

  test('is the file of the repository with the ports and the key of this start', async () => {
    const template = await readLivekitTemplate(repositoryFile);
    const path = join(directory, 'livekit.yaml');
    await writeLivekitConfig(path, template, {
      ports: { http: 1001, udp: 1002, tcp: 1003 },
      apiKey: 'the-key',
      apiSecret: 'the-secret',
    });
    const original = parse(template.text) as { rtc: object };
    expect(parse(await readFile(path, 'utf8'))).toEqual({
      ...original,
      port: 1001,
      rtc: { ...original.rtc, udp_port: 1002, tcp_port: 1003 },
      keys: { 'the-key': 'the-secret' },
    });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['is not YAML', 'port: [7880'],
    ['lacks the ports', 'port: 7880'],
  ])('is refused by name when it %s', async (_what, text) => {
    const path = join(directory, 'livekit.yaml');
    await writeFile(path, text);
    await expect(readLivekitTemplate(path)).rejects.toThrow(StartError);
    await expect(readLivekitTemplate(path)).rejects.toThrow(path);
  });
});
