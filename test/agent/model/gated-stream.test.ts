import { TransformStream } from 'node:stream/web';
import { expect, it } from 'vitest';
import { GatedStream } from '../../../agent/model/gated-stream.ts';

it('takes what is still written to its source when its own reader has gone', async () => {
  // As the plugin's channel: a write to it fails once its reader has cancelled.
  const source = new TransformStream<string, string>();
  const writer = source.writable.getWriter();
  const passed: number[] = [];
  const pieces = [0, 1, 2].map((at) => ({ after: 0, at, milliseconds: 20 }));
  const gated = new GatedStream<string>(pieces, ({ at }) => passed.push(at));
  const read = gated.read(source.readable);

  const reader = gated.stream.getReader();
  await writer.write('heard');
  expect(await reader.read()).toEqual({ done: false, value: 'heard' });
  await reader.cancel('the caller broke in');
  await writer.write('not heard');
  await writer.write('nor this');
  await writer.close();
  await read;
  expect(passed).toEqual([0]);
});
