import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../../rehearsal/simulators/openai-realtime/config.ts';
import { EnvironmentError } from '../../../../runtime/environment.ts';

describe('readConfig', () => {
  it('needs the key alone', () => {
    expect(readConfig({ REHEARSAL_API_KEY: 'k' })).toStrictEqual({
      host: '127.0.0.1',
      port: 8790,
      apiKey: 'k',
      logLevel: 'info',
    });
  });

  it.each([
    [{}, 'REHEARSAL_API_KEY'],
    [{ REHEARSAL_API_KEY: 'k', REHEARSAL_PORT: 'soon' }, 'REHEARSAL_PORT'],
    [{ REHEARSAL_API_KEY: 'k', LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ])('names what is wrong in %j', (variables, name) => {
    const read = (): unknown => readConfig(variables);
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(name);
  });
});
