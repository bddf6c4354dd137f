import { createContext, use } from 'react';

/** The organization that the pages are about; null before it is known. */
export const OrganizationIdContext = createContext<string | null>(null);

export function useOrganizationId(): string | null {
  return use(OrganizationIdContext);
}
