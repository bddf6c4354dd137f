import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../../rehearsal/simulators/calcom/config.ts';
import { EnvironmentError } from '../../../../runtime/environment.ts';

describe('readConfig', () => {
  it('needs the key alone', () => {
    expect(readConfig({ CALCOM_SIMULATOR_API_KEY: 'k' })).toStrictEqual({
      host: '127.0.0.1',
      port: 8791,
      apiKey: 'k',
      rateLimit: 120,
      logLevel: 'info',
    });
  });

  it('takes a limit of 0 for none', () => {
    const variables = { CALCOM_SIMULATOR_API_KEY: 'k', CALCOM_SIMULATOR_RATE_LIMIT: '0' };
    expect(readConfig(variables).rateLimit).toBeNull();
  });

  it.each([
    [{}, 'CALCOM_SIMULATOR_API_KEY'],
    [{ CALCOM_SIMULATOR_API_KEY: 'k', CALCOM_SIMULATOR_PORT: 'soon' }, 'CALCOM_SIMULATOR_PORT'],
  ])('names what is wrong in %j', (variables, name) => {
    const read = (): unknown => readConfig(variables);
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(name);
  });
});
