import { describe, expect, it } from 'vitest';
import { CalendarConfigurationError } from '../../calendar/calendar-error.ts';
import { providerOf, PROVIDERS, readProviders } from '../../calendar/providers.ts';
import { memoryLimiter } from '../../calendar/request-limiter.ts';
import { settingOptions } from '../../cli/setting-options.ts';
import { childEnvironment } from '../../start/child-environment.ts';
import { EnvironmentError } from '../../runtime/environment.ts';

describe('the providers', () => {
  it('have ids that the database and an address can hold, each its own', () => {
    const ids = PROVIDERS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
  });

  it('are read with what the environment says to them, by the name of the variable', () => {
    const environment = { CALCOM_BASE_URL: ' https://cal.example ', PATH: '/bin' };
    expect(readProviders(environment).environment).toEqual({
      CALCOM_BASE_URL: 'https://cal.example',
    });
    expect(readProviders({ CALCOM_BASE_URL: '' }).environment).toEqual({});
  });

  it('name each variable that cannot be used', () => {
    const read = () => readProviders({ CALCOM_BASE_URL: 'cal.example' });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow('CALCOM_BASE_URL must be');
  });

  it('do not know a connection of a later version', () => {
    const find = () => providerOf({ provider: 'carrier-pigeon' }, PROVIDERS);
    expect(find).toThrow(CalendarConfigurationError);
    expect(find).toThrow('"carrier-pigeon" is not known to this version');
  });

  it.each(PROVIDERS.map((provider) => [provider.id, provider] as const))(
    'of which %s says what is asked of its operator, in options of the command line',
    (id, provider) => {
      for (const option of settingOptions([provider])) {
        expect(option.long).toMatch(/^--[a-z]+(-[a-z]+)*$/);
        expect(Object.keys(provider.settings.shape)).toContain(option.attributeName());
        expect(option.description).toMatch(new RegExp(`^${provider.name}: \\S`));
      }
      expect(provider.examples.length).toBeGreaterThan(0);
      for (const example of provider.examples) expect(example).toContain(`--provider ${id}`);
    },
  );

  it('whose credentials no part of a start is handed by the way', () => {
    const variables = PROVIDERS.flatMap(({ credential }) => credential?.variable ?? []);
    expect(variables).not.toEqual([]);
    const environment = Object.fromEntries(variables.map((name) => [name, 'secret']));
    expect(childEnvironment({ ...environment, PATH: '/bin' }, {})).toEqual({ PATH: '/bin' });
  });

  it.each(PROVIDERS.filter(({ credential }) => credential).map(({ id, ...rest }) => [id, rest]))(
    'of which %s cannot be opened without its credential',
    (_id, provider) => {
      const access = { settings: {}, credential: null, environment: {}, limiter: memoryLimiter };
      const event = {
        eventType: 'visit',
        durationMinutes: 30,
        timeZone: 'UTC',
        meetingLink: 'provider',
      } as const;
      const never = () => Promise.reject(new Error('nothing is asked'));
      const bookings = {
        listConfirmed: never,
        listAll: never,
        find: never,
        insert: never,
        move: never,
        cancel: never,
      };
      expect(() => provider.open(access, event, { now: () => new Date(), bookings })).toThrow(
        /no (API key|password|token)/,
      );
    },
  );
});
