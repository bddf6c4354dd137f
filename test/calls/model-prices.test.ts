import { expect, it } from 'vitest';
import { costOf } from '../../calls/model-prices.ts';

const OPENAI = { host: 'api.openai.com', day: '2026-11-29' };
const ANSWER = {
  textInput: 1_000_000,
  cachedTextInput: 500_000,
  audioInput: 250_000,
  cachedAudioInput: 1_000_000,
  textOutput: 100_000,
  audioOutput: 50_000,
};

it('counts each kind at its own price', () => {
  const cost = costOf(ANSWER, { ...OPENAI, model: 'gpt-realtime-2.1' });
  expect(cost).toBeCloseTo(4 + 0.2 + 8 + 0.4 + 2.4 + 3.2, 9);
  const mini = costOf(ANSWER, { ...OPENAI, model: 'gpt-realtime-2.1-mini' });
  expect(mini).toBeCloseTo(0.6 + 0.03 + 2.5 + 0.3 + 0.24 + 1, 9);
});

it('counts what is written down by the minute', () => {
  expect(costOf({ seconds: 90 }, { ...OPENAI, model: 'gpt-transcribe' })).toBeCloseTo(0.00675, 9);
});

it('does not know the price of a model, a kind, a day or a server that is not in the table', () => {
  const unknown = [
    costOf({ textInput: 1 }, { ...OPENAI, model: 'gpt-realtime-9' }),
    costOf({ audioInput: 1 }, { ...OPENAI, model: 'gpt-transcribe' }),
    costOf({ textInput: 1 }, { ...OPENAI, day: '2026-10-31', model: 'gpt-realtime-2.1' }),
    costOf({ textInput: 1 }, { ...OPENAI, host: '127.0.0.1:9000', model: 'gpt-realtime-2.1' }),
  ];
  expect(unknown).toEqual([null, null, null, null]);
});

it('takes the price that holds on the day, so that past calls keep theirs', () => {
  const models = ['some-model'];
  const prices = [
    { models, validFrom: '2026-01-01', price: { textInput: 2 } },
    { models, validFrom: '2027-01-01', price: { textInput: 1 } },
  ];
  const on = (day: string) =>
    costOf({ textInput: 1_000_000 }, { ...OPENAI, day, model: 'some-model' }, prices);
  expect([on('2025-12-31'), on('2026-12-31'), on('2027-01-01')]).toEqual([null, 2, 1]);
});
