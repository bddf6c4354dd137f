import { useAnswer } from '../../api/hooks.ts';
import { useOffice } from '../../office.ts';

/** The members whom a message can be given to. */
export function useAssignees() {
  const { may } = useOffice();
  const members = useAnswer('listMembers', {
    query: { limit: '200' },
    enabled: may('members:read'),
  });
  const options = (members.data?.items ?? [])
    .filter(({ role }) => role !== 'viewer')
    .map(({ userId, name }) => ({ value: userId, label: name }));
  return { options };
}
