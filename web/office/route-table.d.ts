/** Made by web/vite.config.ts from the server's table of routes. */
declare module 'virtual:route-table' {
  export const ROUTE_TABLE: Readonly<
    Record<
      string,
      { method: string; path: string; isEdit: boolean; isIdempotent: boolean } | undefined
    >
  >;
  /** What an API key can be given. */
  export const SCOPES: readonly string[];
}
