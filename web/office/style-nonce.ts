/** Under which the page's Content-Security-Policy takes style elements; new with every document. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}

declare global {
  /** Read by get-nonce, for the style that keeps a page still behind a dialog. */
  // oxlint-disable-next-line no-var -- only `var` declares a property of globalThis
  var __webpack_nonce__: string;
}

/** Tells it to the libraries that ask for it where webpack would have put it. */
export function publishStyleNonce(): void {
  globalThis.__webpack_nonce__ = styleNonce();
}
