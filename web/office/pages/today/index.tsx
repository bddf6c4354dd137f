import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';

export function TodayPage() {
  const { me, organization } = useOffice();
  return <PageHead title="Today" words={`${organization.name}, for ${me.name}.`} />;
}
