import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PROVIDERS, readProviders } from '../../calendar/providers.ts';
import { askedSettings, listProviderForms } from '../../manage/provider-form.ts';
import { notebookProvider } from '../support/notebook-provider.ts';
import { DIARY } from '../support/signed-in-provider.ts';

describe('the form of a provider', () => {
  it('has a field for each setting that is described, by its schema', () => {
    const settings = z.object({
      calendarUrl: z.url().meta({ description: 'where it is', placeholder: 'url' }),
      kind: z.enum(['private', 'shared']).optional().meta({ description: 'whose it is' }),
      minutes: z.int().default(15).meta({ title: 'Step', description: 'of the grid' }),
      quiet: z.boolean().default(false).meta({ description: 'tells nobody' }),
      names: z.array(z.string()).default([]).meta({ description: 'of others' }),
      internal: z.string().optional(),
    });
    expect(askedSettings({ settings })).toEqual({
      properties: {
        calendarUrl: field({ title: 'Calendar url', description: 'where it is', format: 'uri' }),
        kind: field({ title: 'Kind', description: 'whose it is', enum: ['private', 'shared'] }),
        minutes: field({ type: 'integer', title: 'Step', description: 'of the grid', default: 15 }),
        quiet: field({
          type: 'boolean',
          title: 'Quiet',
          description: 'tells nobody',
          default: false,
        }),
        names: field({ type: 'array', title: 'Names', description: 'of others', default: [] }),
      },
      required: ['calendarUrl'],
    });
  });

  it('is there for every provider, one that only a test knows too', () => {
    const list = [...PROVIDERS, DIARY, notebookProvider(new Map())];
    const forms = listProviderForms(readProviders({ DIARY_CLIENT_ID: 'slotline' }, list));
    expect(forms.at(-2)).toMatchObject({
      credential: null,
      signIn: { missing: 'DIARY_CLIENT_SECRET' },
    });
    expect(forms.at(-1)).toMatchObject({
      signIn: null,
      provider: 'notebook',
      credential: { label: 'API key', origin: null },
      asksTimeZone: false,
      asksHours: false,
      sendsWebhooks: true,
      listsEventTypes: true,
      settings: { properties: { shelf: { title: 'Shelf', default: 'A' } } },
    });
  });
});

function field(of: Record<string, unknown>) {
  const { placeholder = of['format'] === 'uri' ? 'url' : 'value' } = of;
  return { type: 'string', format: null, enum: null, default: null, placeholder, ...of };
}
