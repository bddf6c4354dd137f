import pg from 'pg';

/** Of one statement: its text stays small, and one row that is refused is asked for among few. */
const MOST = 64;
/** Statements under way at once: one that the server keeps waiting holds up no others. */
const STATEMENTS = 2;

interface Waiting<Asked, Answer> {
  asked: Asked;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers what many ask for in the same moment into a few statements. Nobody waits to be joined: the
 * first is asked for at once, and what comes meanwhile goes together with the next.
 */
export class Gathered<Asked, Answer> {
  readonly #ask: (all: Asked[]) => Promise<Answer[]>;
  #waiting: Waiting<Asked, Answer>[] = [];
  #underWay = 0;

  /**
   * @param ask answers all of them in order, in one statement: it does all or nothing. Asked once more
   *   for one of them it does no harm
   */
  constructor(ask: (all: Asked[]) => Promise<Answer[]>) {
    this.#ask = ask;
  }

  /** The answer to one; throws what the statement for it alone would throw. */
  ask(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asked, resolve, reject });
      this.#go();
    });
  }

  #go(): void {
    while (this.#underWay < STATEMENTS && this.#waiting.length > 0) {
      this.#underWay += 1;
      void this.#answer(this.#waiting.splice(0, MOST)).finally(() => {
        this.#underWay -= 1;
        this.#go();
      });
    }
  }

  async #answer(all: Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await this.#ask(all.map(({ asked }) => asked));
      for (const [index, { resolve }] of all.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      // What one of them is refused for is not the others' fault.
      if (all.length > 1 && error instanceof pg.DatabaseError) {
        await Promise.all(all.map((one) => this.#answer([one])));
      } else for (const { reject } of all) reject(error);
    }
  }
}
