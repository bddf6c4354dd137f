/**
 * While a look-up of a key is under way, further ones of the same key share its answer. Nothing is
 * kept after that: an agent that was disabled is refused from the next look-up on, and a flood of
 * requests costs the database one query at a time.
 */
export function shareLookups<T>(lookUp: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key) => {
    const shared = underWay.get(key);
    if (shared) return shared;
    const started = lookUp(key).finally(() => underWay.delete(key));
    underWay.set(key, started);
    return started;
  };
}
