import { useSearchParams } from 'react-router';

/** What the address of the page says of what it shows: it can be sent to somebody. */
export type Shown = 'view' | 'when' | 'state' | 'agent' | 'person' | 'appointment';

/** Reads and writes the address; the opened appointment is a step back of the browser's. */
export function useShown() {
  const [search, setSearch] = useSearchParams();
  const show = (name: Shown, value: string | null): void =>
    setSearch(
      (earlier) => {
        const next = new URLSearchParams(earlier);
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: name !== 'appointment', preventScrollReset: true },
    );
  return { shown: (name: Shown) => search.get(name), show };
}

/** The filters as the API takes them. */
export function useFilters() {
  const { shown } = useShown();
  const [state, agent, person] = [shown('state'), shown('agent'), shown('person')];
  return {
    ...(isState(state) ? { state } : {}),
    ...(agent === null ? {} : { agent }),
    ...(person === null ? {} : { person }),
  };
}

const STATES = ['requested', 'confirmed', 'unconfirmed', 'cancelled'] as const;

function isState(value: string | null): value is (typeof STATES)[number] {
  return STATES.some((state) => state === value);
}
