import type { CalendarProvider } from '../calendar/provider.ts';

/** Where the command line writes; a test gives its own. */
export interface Streams {
  write: (text: string) => void;
  writeError: (text: string) => void;
}

/** Everything that is printed goes through here: secrets that are known are not printed. */
export class Output {
  readonly #streams: Streams;
  /** Keys of providers, wherever they come from: somebody may have written one into an argument. */
  readonly #keys: readonly RegExp[];
  readonly #secrets = new Set<string>();

  constructor(streams: Streams, providers: readonly CalendarProvider[]) {
    this.#streams = streams;
    this.#keys = providers.flatMap(({ credential }) => credential?.pattern ?? []);
  }

  /** From now on it is printed as "…". */
  hide(secret: string | null | undefined): void {
    if (secret) this.#secrets.add(secret);
  }

  line(text: string): void {
    this.raw(`${text}\n`);
  }

  raw(text: string): void {
    this.#streams.write(this.#clean(text));
  }

  error(text: string): void {
    this.#streams.writeError(this.#clean(text));
  }

  json(value: unknown): void {
    this.line(JSON.stringify(value, null, 2));
  }

  #clean(text: string): string {
    let clean = this.#keys.reduce((rest, key) => rest.replace(key, '$1…'), text);
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, '…');
    return clean;
  }
}
