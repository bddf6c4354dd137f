/** The browser's clock, for whatever compares an instant with the present. */
export function now(): Date {
  return new Date();
}
