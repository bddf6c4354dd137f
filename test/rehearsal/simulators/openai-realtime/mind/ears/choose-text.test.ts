import { describe, expect, it } from 'vitest';
import {
  believed,
  chooseText,
} from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/choose-text.ts';
import type { Listening } from '../../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';

const NAME: Listening = { spelled: 'name', offered: [] };

describe('what is believed', () => {
  it.each([
    [
      'what both heard, as it is spelled',
      'John Dotmiller at example dot org',
      -0.3,
      'john dot miller at example dot org',
      'spelled',
    ],
    [
      'the grammar where the free ears doubt and heard something akin',
      'Jmi ll at example.com',
      -0.59,
      'j m i l l at example dot com',
      'spelled',
    ],
    [
      'the free ears where they are certain',
      'My name is Laura Bennett.',
      -0.03,
      'my name is laura bennett please',
      'free',
    ],
    [
      'the free ears where the grammar makes a name of a sentence',
      'Sorry, could you repeat that?',
      -0.15,
      'susan parker',
      'free',
    ],
    [
      'the free ears where only the words around a name are alike',
      'My name is Olga Petrode.',
      -0.3,
      'my name is walter butler',
      'free',
    ],
    [
      'the free ears where the grammar makes a name of a yes',
      'Yes, please.',
      -0.21,
      'jack please',
      'free',
    ],
    [
      'the free ears where the grammar has another domain',
      'My email is ambers@linklist.net',
      -0.29,
      'my email is anders at live dot net',
      'free',
    ],
    [
      'the grammar where it writes numbers in words',
      'B Cooper 72 at example.net',
      -0.39,
      'd cooper seventy two at example dot net',
      'spelled',
    ],
    [
      'the letters of the grammar where the free ears heard nonsense',
      'Anyrwhite.net.nih.agglampal.com',
      -0.99,
      'm a r y dot s m i t h at example dot com',
      'spelled',
    ],
    ['the free ears where the grammar heard nothing', 'This is Priya speaking.', -0.46, '', 'free'],
    ['the grammar where the free ears heard nothing', '', 0, 's m i t h', 'spelled'],
  ] as const)('is %s', (_, text, mean, spelled, chosen) => {
    expect(chooseText({ text, mean }, spelled, { spelled: 'email', offered: [] })).toBe(
      chosen === 'free' ? text : spelled,
    );
  });

  it('is a name that the free ears wrote letter by letter', () => {
    const free = { text: 'My last name is spelled B, E-N-N-E-T-T.', mean: -0.15 };
    const spelled = 'my last name is spelled p p n n e p p';
    expect(chooseText(free, spelled, NAME)).toBe(free.text);
  });

  it('is the address that has more of the name', () => {
    const listening: Listening = { spelled: 'email', offered: ['mary', 'smith'] };
    const free = { text: 'Mary Dot Smith at example.com', mean: -0.3 };
    expect(chooseText(free, 'b dot smith at example dot com', listening)).toBe(free.text);
    const right = 'mary dot smith at example dot com';
    expect(chooseText({ ...free, text: 'Merry Dots Mid at example.com' }, right, listening)).toBe(
      right,
    );
  });

  it('is nothing of what the free ears made up', () => {
    expect(believed({ text: 'The same of the sea.', mean: -0.9 })).toBe('');
    expect(chooseText({ text: 'The same of the sea.', mean: -0.9 }, '', NAME)).toBe('');
    expect(believed({ text: 'Tuesday.', mean: -0.4 })).toBe('Tuesday.');
  });
});
