/** A value of a JSON body as text; an object or a list in JSON. */
export function asText(given: unknown): string {
  return typeof given === 'string' ? given : (JSON.stringify(given) ?? '');
}

export function asTextOrNull(given: unknown): string | null {
  return given === undefined || given === null ? null : asText(given);
}
