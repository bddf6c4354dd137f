import { beforeAll, describe, expect, it } from 'vitest';
import { insertOrganization } from '../../db/organizations.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { createCommandLine } from './slotline.ts';

const database = useTestDatabase();
const slotline = createCommandLine(() => database.url);

beforeAll(async () => {
  await insertOrganization(database.db, 'Harbor Street Clinic');
});

const ADD = ['--name', 'Front desk', '--business-name', 'Harbor Street Clinic'];

describe('slotline agents', () => {
  it('adds an agent and lists it', async () => {
    const added = await slotline.runAsProcess('agents', 'add', 'front-desk', ...ADD, '--json');
    expect(added).toMatchObject({ exitCode: 0, errors: '' });
    expect(added.json).toMatchObject({
      slug: 'front-desk',
      language: 'en',
      voice: 'marin',
      enabled: true,
      calendar: null,
    });
    const { output } = await slotline.run('agents', 'list');
    expect(output).toMatch(/^SLUG +NAME +BUSINESS/);
    expect(output).toMatch(
      /^front-desk +Front desk +Harbor Street Clinic +en +marin +– +no +yes +–$/m,
    );
  });

  it('changes what is given and leaves the rest', async () => {
    await slotline.run('agents', 'add', 'reception', ...ADD, '--language', 'de-CH');
    const edited = await slotline.run('agents', 'edit', 'reception', '--voice', 'cedar', '--json');
    expect(edited.json).toMatchObject({ voice: 'cedar', language: 'de-CH', name: 'Front desk' });
    const told = await slotline.run('agents', 'edit', 'reception', '--transfer-to', '+12025550123');
    expect(told.exitCode).toBe(0);
    const wrong = await slotline.run('agents', 'edit', 'reception', '--transfer-to', 'the boss');
    expect(wrong.errors).toContain('such as +12025550123');
    const hours = ['--transfer-hours', 'Mon-Fri 9-18'];
    const timed = await slotline.run('agents', 'edit', 'reception', ...hours, '--json');
    expect(timed.json).toMatchObject({ transferHours: 'Mon-Fri 09:00-18:00' });
    const shorter = await slotline.run(
      'agents',
      'edit',
      'reception',
      '--longest-call-minutes',
      '5',
      '--json',
    );
    expect(shorter.json).toMatchObject({ longestCallMinutes: 5 });
    const usual = await slotline.run(
      'agents',
      'edit',
      'reception',
      '--longest-call-minutes',
      'default',
      '--json',
    );
    expect(usual.json).toMatchObject({ longestCallMinutes: null });
    const moved = await slotline.run('agents', 'edit', 'reception', '--slug', 'desk-2', '--json');
    expect(moved.json).toMatchObject({ slug: 'desk-2', voice: 'cedar' });
  });

  it.each(['en-GB', 'es-419', 'fr', 'pt-BR', 'it-CH'])(
    'takes the language %s',
    async (language) => {
      const slug = `speaks-${language.toLowerCase()}`;
      const added = await slotline.run(
        'agents',
        'add',
        slug,
        ...ADD,
        '--language',
        language,
        '--json',
      );
      expect(added.json).toMatchObject({ language });
    },
  );

  it('gives an agent models of its own, and takes them away', async () => {
    await slotline.run('agents', 'add', 'modelled', ...ADD);
    const edit = async (...options: string[]) =>
      (await slotline.run('agents', 'edit', 'modelled', ...options, '--json')).json;
    expect(
      await edit('--model', 'gpt-realtime-2.1-mini', '--reasoning-effort', 'minimal'),
    ).toMatchObject({
      realtimeModel: 'gpt-realtime-2.1-mini',
      transcriptionModel: null,
      reasoningEffort: 'minimal',
    });
    expect(await edit('--model', 'default', '--reasoning-effort', 'default')).toMatchObject({
      realtimeModel: null,
      reasoningEffort: null,
    });
    const wrong = await slotline.run('agents', 'edit', 'modelled', '--reasoning-effort', 'much');
    expect(wrong.errors).toContain('must be one of minimal, low');
  });

  it('gives an agent a greeting, and says with it that it is an AI unless told not to', async () => {
    const added = await slotline.run('agents', 'add', 'greeter', ...ADD, '--json');
    expect(added.json).toMatchObject({ greeting: null, disclosesAi: true, recording: false });
    const edit = async (...options: string[]) =>
      (await slotline.run('agents', 'edit', 'greeter', ...options, '--json')).json;
    const own = 'Hello, Harbor Street, this is Ada.';
    expect(await edit('--greeting', own, '--no-ai-disclosure')).toMatchObject({
      greeting: own,
      disclosesAi: false,
    });
    expect(await edit('--ai-disclosure')).toMatchObject({ greeting: own, disclosesAi: true });
    expect(await edit('--recording')).toMatchObject({ recording: true });
    expect(await edit('--no-recording')).toMatchObject({ recording: false });
    expect(await edit('--greeting', 'default')).toMatchObject({ greeting: null });
    const long = await slotline.run('agents', 'edit', 'greeter', '--greeting', 'a'.repeat(161));
    expect(long.errors).toContain('--greeting: must be one breath');
  });

  it('disables and enables', async () => {
    await slotline.run('agents', 'add', 'sleeper', ...ADD);
    const disabled = await slotline.run('agents', 'disable', 'sleeper');
    expect(disabled.output).toBe('The agent "sleeper" is disabled.\n');
    const list = await slotline.run('agents', 'list', '--json');
    expect(list.json).toContainEqual(expect.objectContaining({ slug: 'sleeper', enabled: false }));
    const enabled = await slotline.run('agents', 'enable', 'sleeper', '--json');
    expect(enabled.json).toMatchObject({ enabled: true });
  });

  it('names agents whose slug is near one that does not exist', async () => {
    const { exitCode, errors } = await slotline.run('agents', 'disable', 'frontdesk');
    expect(exitCode).toBe(2);
    expect(errors).toBe('<agent>: There is no agent "frontdesk". Did you mean "front-desk"?\n');
  });

  it.each([
    [['add', 'Front Desk', ...ADD], '<slug>', 'small letters'],
    [['add', 'no-name', '--business-name', 'Clinic'], '--name', 'is missing'],
    [['add', 'no-language', ...ADD, '--language', 'english!'], '--language', 'BCP 47'],
    [['add', 'polish', ...ADD, '--language', 'pl'], '--language', 'en, es, fr, de, pt, it'],
    [['edit', 'front-desk', '--language', 'zh-Hant-TW'], '--language', 'cannot be read'],
    [['edit', 'front-desk', '--transfer-hours', 'mornings'], '--transfer-hours', 'Mon-Fri'],
    [['add', 'front-desk', ...ADD], '<slug>', 'taken'],
    [['edit', 'front-desk'], null, 'Say what is to be changed'],
    [['edit', 'front-desk', '--instructions-file', '/nowhere'], '--instructions-file', 'path'],
  ])('refuses %j and names the field', async (given, field, words) => {
    const { exitCode, json } = await slotline.run('agents', ...given, '--json');
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({ error: { field, message: expect.stringContaining(words) } });
  });
});

describe('slotline with several organizations', () => {
  it('asks which, and keeps them apart', async () => {
    await slotline.run('organizations', 'add', 'Second Practice');
    const unnamed = await slotline.run('agents', 'list', '--json');
    expect(unnamed).toMatchObject({ exitCode: 2, json: { error: { field: '--organization' } } });
    const other = await slotline.run('agents', 'list', '--organization', 'Second Practice');
    expect(other.output).toBe('There is no agent yet.\n');
    const misspelt = await slotline.run('--organization', 'Second practise', 'agents', 'list');
    expect(misspelt.errors).toContain('Did you mean "Second Practice"?');
    const stranger = await slotline.run(
      'agents',
      'disable',
      'front-desk',
      '--organization',
      'Second Practice',
    );
    expect(stranger.errors).toContain('There is no agent "front-desk". There is none yet.');
  });
});
