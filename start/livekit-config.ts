import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { writePrivateFile } from '../runtime/running/private-file.ts';
import { StartError } from './start-error.ts';

/** What start needs to know of LiveKit's configuration; all else passes through as it stands. */
const templateSchema = z.object({
  port: z.number().int(),
  rtc: z.object({ udp_port: z.number().int(), tcp_port: z.number().int().default(0) }),
});

export interface LivekitPorts {
  http: number;
  udp: number;
  /** 0: no audio over TCP. */
  tcp: number;
}

export interface LivekitTemplate {
  text: string;
  ports: LivekitPorts;
}

/** @throws StartError when the file cannot be used */
export async function readLivekitTemplate(path: string): Promise<LivekitTemplate> {
  const text = await readFile(path, 'utf8');
  const document = parseDocument(text);
  const parsed = templateSchema.safeParse(document.toJS());
  const problem =
    document.errors[0]?.message ?? (parsed.success ? undefined : z.prettifyError(parsed.error));
  if (problem !== undefined || !parsed.success) {
    throw new StartError(`${path} cannot be used: ${problem ?? 'unknown reason'}`);
  }
  const { port, rtc } = parsed.data;
  return { text, ports: { http: port, udp: rtc.udp_port, tcp: rtc.tcp_port } };
}

/**
 * Writes the configuration the server is run with: the template with these ports and this key.
 * The file is readable by its owner alone, for it holds the secret.
 */
export async function writeLivekitConfig(
  path: string,
  template: LivekitTemplate,
  values: { ports: LivekitPorts; apiKey: string; apiSecret: string; redisPort?: number },
): Promise<void> {
  const document = parseDocument(template.text);
  document.set('port', values.ports.http);
  document.setIn(['rtc', 'udp_port'], values.ports.udp);
  document.setIn(['rtc', 'tcp_port'], values.ports.tcp);
  document.set('keys', { [values.apiKey]: values.apiSecret });
  if (values.redisPort !== undefined) {
    document.set('redis', { address: `127.0.0.1:${values.redisPort}` });
  }
  await writePrivateFile(path, document.toString());
}
