import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TypedLines } from '../../agent/typed-lines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const heard: string[] = [];
  const agent = { isQuiet: true };
  const lines = new TypedLines({
    say: (line) => heard.push(line),
    isQuiet: () => agent.isQuiet,
    onEnd: () => heard.push('(end)'),
    quiet: 100,
  });
  return { heard, agent, lines };
}

it('says what came at once line by line, each after the answer to the one before, and then ends', () => {
  const { heard, agent, lines } = open();
  for (const line of ['one', '', 'two']) lines.push(line);
  lines.end();
  expect(heard).toEqual([]);
  lines.stir();
  vi.advanceTimersByTime(100);
  expect(heard).toEqual(['one']);
  agent.isQuiet = false;
  vi.advanceTimersByTime(5_000);
  expect(heard).toEqual(['one']);
  agent.isQuiet = true;
  vi.advanceTimersByTime(60);
  // What follows a tool belongs to the same answer.
  lines.stir();
  vi.advanceTimersByTime(60);
  expect(heard).toEqual(['one']);
  vi.advanceTimersByTime(60);
  expect(heard).toEqual(['one', 'two']);
  vi.advanceTimersByTime(200);
  expect(heard).toEqual(['one', 'two', '(end)']);
});

it('says a line at once to an agent who waits for it', () => {
  const { heard, lines } = open();
  lines.stir();
  vi.advanceTimersByTime(100);
  lines.push('one');
  expect(heard).toEqual(['one']);
});

it('says nothing more of a call that is over', () => {
  const { heard, lines } = open();
  lines.stir();
  lines.push('one');
  lines.end();
  lines.stop();
  vi.advanceTimersByTime(1_000);
  expect(heard).toEqual([]);
});
