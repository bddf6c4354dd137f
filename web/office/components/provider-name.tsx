import { useAnswer } from '../api/hooks.ts';

/** A provider as a person calls it; its id until that is known. */
export function ProviderName({ id }: { id: string }) {
  const { data } = useAnswer('listCalendarProviders');
  return data?.items.find(({ provider }) => provider === id)?.name ?? id;
}
