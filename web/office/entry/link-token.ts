/** The token of a link that was mailed or printed: behind the #, which no server is sent. */
export function linkToken(): string {
  return new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
}
