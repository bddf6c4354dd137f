interface Run {
  /** Of its first sample that was not taken yet. */
  start: number;
  pieces: Int16Array[];
  length: number;
}

/** One side of a call on a time line that counts samples; where nothing was said it is silent. */
export class Side {
  readonly #runs: Run[] = [];
  /** Up to here it was taken, and is not changed any more. */
  #taken = 0;

  /** Whether nothing was ever added. */
  get isEmpty(): boolean {
    return this.#taken === 0 && this.#runs.every(({ length }) => length === 0);
  }

  /** Where what is there ends. */
  get end(): number {
    const last = this.#runs.at(-1);
    return last ? last.start + last.length : this.#taken;
  }

  /** What is added from now on begins there, and not before what is there ends. */
  begin(start: number): void {
    this.#runs.push({ start: Math.max(start, this.end), pieces: [], length: 0 });
  }

  /** Adds sound to where it ends. */
  add(samples: Int16Array): void {
    if (this.#runs.length === 0) this.begin(this.#taken);
    const last = this.#runs.at(-1);
    if (!last) return;
    last.pieces.push(samples);
    last.length += samples.length;
  }

  /** Moves what was begun last earlier, as far as there is silence before it; answers how far. */
  pull(by: number): number {
    const last = this.#runs.at(-1);
    if (!last) return 0;
    const before = this.#runs.at(-2);
    const free = last.start - (before ? before.start + before.length : this.#taken);
    const moved = Math.min(by, free);
    last.start -= moved;
    return moved;
  }

  /** Takes away what lies at a place and after it. */
  cut(at: number): void {
    for (;;) {
      const last = this.#runs.at(-1);
      if (!last || last.start + last.length <= at) return;
      if (last.start >= at) {
        this.#runs.pop();
        continue;
      }
      const kept = joined(last).subarray(0, at - last.start);
      last.pieces = [kept];
      last.length = kept.length;
      return;
    }
  }

  /** What lies between the last place up to which it was taken and this one. */
  take(until: number): Int16Array {
    const from = this.#taken;
    const taken = new Int16Array(Math.max(0, until - from));
    this.#taken = from + taken.length;
    while (this.#runs.length > 0) {
      const [run] = this.#runs;
      if (!run || run.start >= this.#taken) break;
      const sound = joined(run);
      const count = Math.min(sound.length, this.#taken - run.start);
      // What came too late is not in it.
      const lost = Math.min(count, Math.max(0, from - run.start));
      taken.set(sound.subarray(lost, count), Math.max(0, run.start - from));
      run.pieces = [sound.subarray(count)];
      run.length -= count;
      run.start += count;
      // The newest one may go on.
      if (run.length > 0 || this.#runs.length === 1) break;
      this.#runs.shift();
    }
    return taken;
  }
}

function joined({ pieces, length }: Run): Int16Array {
  const [only] = pieces;
  if (pieces.length === 1 && only) return only;
  const all = new Int16Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
