/** What was pressed on a telephone, as the model and the transcript see it. */
export function keysMessage(keys: string): string {
  return `[keys: ${keys}]`;
}

/** What was tapped or typed into fields on the page, likewise. */
export function pageMessage(told: string): string {
  return `[on the page: ${told}]`;
}

/** Whether a caller's turn is one of these: the words are ours, in English, whatever they speak. */
export function isDoneByHand(turn: string): boolean {
  return /^\[(?:keys|on the page): /.test(turn);
}
