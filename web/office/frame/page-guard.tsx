import type { ReactNode } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { PageHead } from '../components/page-head.tsx';
import { useOffice } from '../office.ts';
import type { OfficePage } from '../pages.tsx';

/** Says to who may not read a page that they may not, before the server does. */
export function PageGuard({ page, children }: { page: OfficePage; children: ReactNode }) {
  const { organization, may } = useOffice();
  // Another organization's page begins anew: nothing that was typed for the one goes to the other.
  if (page.action === null || may(page.action)) return <div key={organization.id}>{children}</div>;
  return (
    <>
      <PageHead title={page.words} />
      <EmptyState icon="key" title="This is not for your role">
        In {organization.name} you have the role {organization.role}. An owner or an admin can give
        you another one.
      </EmptyState>
    </>
  );
}
