import { Tabs } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { BlockedCallers } from './blocked-callers.tsx';
import { MessageList } from './message-list.tsx';

/** What callers left to be done, and callers whose calls are not taken. */
export function MessagesPage() {
  const { may } = useOffice();
  const [search, setSearch] = useSearchParams();
  const tab = search.get('tab') ?? 'to-do';
  return (
    <>
      <PageHead
        title="Messages"
        words="What callers asked to be called back about, and what could not be told them on the phone."
      />
      <Tabs
        value={tab}
        onChange={(value) => setSearch(value === null || value === 'to-do' ? {} : { tab: value })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="to-do">To do</Tabs.Tab>
          <Tabs.Tab value="done">Done</Tabs.Tab>
          {may('callers:read') && <Tabs.Tab value="blocked">Blocked callers</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="to-do">
          <MessageList isDone={false} />
        </Tabs.Panel>
        <Tabs.Panel value="done">
          <MessageList isDone />
        </Tabs.Panel>
        <Tabs.Panel value="blocked">
          <BlockedCallers />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
