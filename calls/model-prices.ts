import type { ChargedAmount, ChargedAmounts } from '../db/values.ts';

/**
 * US dollars: of a million tokens of each kind, and of a minute of sound. A kind that is not there has
 * no known price.
 */
type Price = Partial<Record<Exclude<ChargedAmount, 'seconds'> | 'minute', number>>;

interface DatedPrice {
  models: readonly string[];
  /** The UTC day from which it holds, until a later one for the same model. */
  validFrom: string;
  price: Price;
}

/** Whose prices these are: a server of another host that speaks the same protocol has its own. */
const PROVIDER = 'api.openai.com';

/** OpenAI's model pages of November 2026. What changes is added, so that past calls keep their price. */
const PRICES: readonly DatedPrice[] = [
  {
    models: ['gpt-realtime-2.1', 'gpt-realtime-2'],
    validFrom: '2026-11-01',
    price: {
      textInput: 4,
      cachedTextInput: 0.4,
      textOutput: 24,
      audioInput: 32,
      cachedAudioInput: 0.4,
      audioOutput: 64,
      imageInput: 5,
      cachedImageInput: 0.5,
    },
  },
  {
    models: ['gpt-realtime-2.1-mini'],
    validFrom: '2026-11-01',
    price: {
      textInput: 0.6,
      cachedTextInput: 0.06,
      textOutput: 2.4,
      audioInput: 10,
      cachedAudioInput: 0.3,
      audioOutput: 20,
      imageInput: 0.8,
      cachedImageInput: 0.08,
    },
  },
  {
    models: ['gpt-realtime-1.5'],
    validFrom: '2026-11-01',
    price: {
      textInput: 4,
      cachedTextInput: 0.4,
      textOutput: 16,
      audioInput: 32,
      cachedAudioInput: 0.4,
      audioOutput: 64,
      imageInput: 5,
      cachedImageInput: 0.5,
    },
  },
  { models: ['gpt-transcribe'], validFrom: '2026-11-01', price: { minute: 0.0045 } },
  {
    models: ['gpt-live-transcribe', 'gpt-realtime-whisper'],
    validFrom: '2026-11-01',
    price: { minute: 0.017 },
  },
];

const MILLION = 1_000_000;

/**
 * What is to be paid, in US dollars.
 *
 * @param of.host of the server that has the model
 * @param of.day on which it was used, in UTC: "2026-11-29"
 * @returns null where the price of the model, or of a kind that was used, is not known; never a guess
 */
export function costOf(
  amounts: ChargedAmounts,
  of: { host: string; model: string; day: string },
  prices: readonly DatedPrice[] = PRICES,
): number | null {
  const [newest] = of.host === PROVIDER ? pricesOn(prices, of) : [];
  if (!newest) return null;
  let cost = 0;
  for (const [kind, amount] of Object.entries(amounts) as [ChargedAmount, number][]) {
    if (amount === 0) continue;
    const price = kind === 'seconds' ? newest.price.minute : newest.price[kind];
    if (price === undefined) return null;
    cost += amount * (kind === 'seconds' ? price / 60 : price / MILLION);
  }
  return cost;
}

/** Newest first. */
function pricesOn(
  prices: readonly DatedPrice[],
  { model, day }: { model: string; day: string },
): DatedPrice[] {
  return prices
    .filter(({ models, validFrom }) => models.includes(model) && validFrom <= day)
    .toSorted((one, other) => other.validFrom.localeCompare(one.validFrom));
}
