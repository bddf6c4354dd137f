/** Access to an account whose owner signed in at the provider: tokens that end and are renewed. */
export interface TokenSource {
  /**
   * A token that holds for at least a minute more.
   * @throws {CalendarError}
   */
  accessToken(): Promise<string>;
  /**
   * After the provider refused a token with 401: refreshes once, or answers what another process
   * refreshed meanwhile.
   * @throws {CalendarError}
   */
  renew(refused: string): Promise<string>;
}
