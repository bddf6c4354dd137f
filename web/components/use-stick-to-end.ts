import { useEffect, useRef, type RefObject } from 'react';

/** Further from where it should be than this, in pixels, the visitor is reading and is left alone. */
const NEAR = 140;
/** Pixels kept free above the last line when it goes to the top. */
const MARGIN = 16;

/**
 * Keeps the newest in sight while the content grows, unless the visitor scrolled away: the end,
 * or, where cards below are taller than the window, the last words with the cards after them.
 */
export function useStickToEnd(content: readonly unknown[]): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    // The transcript scrolls by itself on a wide page, the whole on a narrow one.
    const watch = ({ target }: Event) => {
      if (!(target instanceof HTMLElement)) return;
      following.current = Math.abs(restingPlace(target) - target.scrollTop) < NEAR;
    };
    element.addEventListener('scroll', watch, { capture: true, passive: true });
    return () => element.removeEventListener('scroll', watch, { capture: true });
  }, []);
  useEffect(() => {
    if (!following.current) return;
    for (const element of [scroller.current, scroller.current?.firstElementChild]) {
      element?.scrollTo({ top: restingPlace(element) });
    }
    // oxlint-disable-next-line react/exhaustive-deps -- the caller names what makes it grow
  }, content);
  return scroller;
}

function restingPlace(scroller: Element): number {
  const end = scroller.scrollHeight - scroller.clientHeight;
  const last = scroller.querySelector('li[data-role]:last-child');
  if (!last) return end;
  const below = last.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  return Math.max(0, Math.min(end, scroller.scrollTop + below - MARGIN));
}
