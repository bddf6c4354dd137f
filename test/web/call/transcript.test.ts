import { describe, expect, it } from 'vitest';

import {
  addTyped,
  markUndelivered,
  mergeSegment,
  settleLines,
  type TranscriptLine,
  type TranscriptSegment,
} from '../../../web/call/transcript.ts';

function heard(...segments: TranscriptSegment[]): readonly TranscriptLine[] {
  return segments.reduce<readonly TranscriptLine[]>(mergeSegment, []);
}

const agent = (id: string, text: string, final = false): TranscriptSegment => ({
  id,
  role: 'agent',
  text,
  final,
});
const caller = (id: string, text: string, final = false): TranscriptSegment => ({
  id,
  role: 'caller',
  text,
  final,
});

const words = (lines: readonly TranscriptLine[]) => lines.map((line) => line.text);

describe('the transcript', () => {
  it('lets one segment grow in its own line', () => {
    const lines = heard(
      agent('1', 'Hi,'),
      agent('1', 'Hi, this is'),
      agent('1', 'Hi, this is', true),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ text: 'Hi, this is', final: true, role: 'agent' });
  });

  it('replaces what was half understood', () => {
    const lines = heard(caller('1', 'next twos day'), caller('1', 'next Tuesday', true));
    expect(words(lines)).toEqual(['next Tuesday']);
  });

  it('keeps the final words when an interim stream comes late', () => {
    const lines = heard(caller('1', 'next Tuesday', true), caller('1', 'next twos'));
    expect(lines[0]).toMatchObject({ text: 'next Tuesday', final: true });
  });

  it('puts a turn recognised late before the answer it caused', () => {
    const lines = heard(
      agent('1', 'Which day?', true),
      agent('2', 'On Tuesday I have'),
      caller('3', 'Tuesday', true),
    );
    expect(words(lines)).toEqual(['Which day?', 'Tuesday', 'On Tuesday I have']);
  });

  it('puts a turn after an answer that is over', () => {
    const lines = heard(agent('1', 'Which day?', true), caller('2', 'Tuesday'));
    expect(words(lines)).toEqual(['Which day?', 'Tuesday']);
  });

  it('shows no line for silence', () => {
    expect(heard(caller('1', '  '))).toEqual([]);
  });

  it('marks a typed message that did not get through', () => {
    const lines = markUndelivered(addTyped([], { id: 't', text: 'Hello' }), 't');
    expect(lines).toEqual([
      { id: 't', text: 'Hello', role: 'caller', final: true, typed: true, undelivered: true },
    ]);
  });

  it('settles every line when the call is over', () => {
    expect(settleLines(heard(agent('1', 'Good')))[0]?.final).toBe(true);
  });
});
