/** How many names are shown: more would be read as a list of all. */
const SHOWN = 3;

/** The names that somebody may have meant who wrote a name that does not exist, nearest first. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const text = wanted.toLowerCase();
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceOf(text, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, text.length / 2))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

/** Names that exist, for a message about one that does not: the near ones, else the first few. */
export function suggestNames(wanted: string, names: readonly string[]): string {
  const near = nearNames(wanted, names);
  if (near.length > 0) return `Did you mean ${near.map(quote).join(' or ')}?`;
  if (names.length === 0) return 'There is none yet.';
  const shown = names.slice(0, SHOWN).map(quote).join(', ');
  const rest = names.length - SHOWN;
  return `There ${names.length === 1 ? 'is' : 'are'} ${shown}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

function quote(name: string): string {
  return `"${name}"`;
}

/** Letters to add, drop or change; a name that only goes on is near. */
function distanceOf(from: string, to: string): number {
  if (from !== '' && to.startsWith(from)) return 1;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (to[column - 1] === from[index] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
