/** Who works by keyboard scrolls what is wider than the page. */
export function scrolled(caption: string) {
  return { tabIndex: 0, role: 'region', 'aria-label': `${caption}, to be scrolled` };
}
