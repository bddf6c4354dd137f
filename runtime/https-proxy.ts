import { Agent } from 'node:https';
import { z } from 'zod';
import { httpUrl, readEnvironment, text } from './environment.ts';
import { isLoopback } from './loopback.ts';

const ProxySchema = z.object({
  HTTPS_PROXY: httpUrl.optional(),
  https_proxy: httpUrl.optional(),
  NO_PROXY: text.optional(),
  no_proxy: text.optional(),
});

/** What the environment says of a proxy, in either spelling. */
export type ProxyEnvironment = z.infer<typeof ProxySchema>;

/** @throws {EnvironmentError} the proxy is no http:// or https:// address */
export function readProxyEnvironment(environment: NodeJS.ProcessEnv): ProxyEnvironment {
  return readEnvironment(ProxySchema, environment);
}

/**
 * What a connection to an https or wss address goes by where a proxy is named: a tunnel through it
 * (CONNECT), except to this machine and to hosts that NO_PROXY lists. Undefined: straight.
 *
 * It is Node's own (`proxyEnv`), which reads NO_PROXY as Node does for all else.
 */
export function httpsProxyAgent(url: URL, environment: ProxyEnvironment): Agent | undefined {
  const { HTTPS_PROXY, https_proxy, NO_PROXY, no_proxy } = environment;
  if (!/^(https|wss):$/.test(url.protocol) || isLoopback(url.hostname)) return undefined;
  if (!HTTPS_PROXY && !https_proxy) return undefined;
  return new Agent({ proxyEnv: { HTTPS_PROXY, https_proxy, NO_PROXY, no_proxy } });
}
