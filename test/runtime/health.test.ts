import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { serveHealth } from '../../runtime/health.ts';

describe('the health of the jobs', () => {
  let stop = () => {};
  afterEach(() => stop());

  const statusWhere = async (check: () => Promise<void>, path = '/'): Promise<number> => {
    const logger = pino({ level: 'silent' });
    const served = await serveHealth({ host: '127.0.0.1', port: 0, check, logger });
    stop = served.stop;
    return (await fetch(`http://127.0.0.1:${served.port}${path}`)).status;
  };

  it('is good while the check passes', async () => {
    expect(await statusWhere(() => Promise.resolve())).toBe(200);
  });

  it('is bad while the check fails', async () => {
    expect(await statusWhere(() => Promise.reject(new Error('no database')))).toBe(503);
  });

  it('is bad when the check does not come back', async () => {
    expect(await statusWhere(() => new Promise(() => {}))).toBe(503);
  });

  it('is asked for at one address only', async () => {
    expect(await statusWhere(() => Promise.resolve(), '/other')).toBe(404);
  });
});
