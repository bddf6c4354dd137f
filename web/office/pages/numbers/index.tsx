import { Stack } from '@mantine/core';
import { PageHead } from '../../components/page-head.tsx';
import { NumberList } from './number-list.tsx';
import { PhoneLine } from './phone-line.tsx';
import { TrunkList } from './trunk-list.tsx';

/** By which lines callers come. */
export function NumbersPage() {
  return (
    <>
      <PageHead
        title="Numbers"
        words="Which agent answers which phone number, and by which provider its calls come."
      />
      <Stack gap="xl">
        <NumberList />
        <TrunkList />
        <PhoneLine />
      </Stack>
    </>
  );
}
