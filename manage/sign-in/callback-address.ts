/** The path to which a provider's authorization server sends people back. */
export function callbackPath(provider: string): string {
  return `/api/calendar/${provider}/callback`;
}

/**
 * The same as it is registered at the provider.
 * @param publicUrl the token server's own address; a path behind the host stays
 */
export function callbackAddress(publicUrl: string, provider: string): string {
  return `${publicUrl.replace(/\/+$/, '')}${callbackPath(provider)}`;
}
