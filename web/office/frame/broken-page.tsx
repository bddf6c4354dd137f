import { Button } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { EmptyState } from '../components/empty-state.tsx';

/** In place of a page that failed; its error is in the console. */
export function BrokenPage() {
  const error = useRouteError();
  // A file of the page was replaced by a newer version while it was open.
  const isOutdated = error instanceof TypeError && /module|import/i.test(error.message);
  return (
    <EmptyState
      icon="alert"
      title={isOutdated ? 'There is a newer version' : 'This page failed'}
      action={<Button onClick={() => location.reload()}>Load it anew</Button>}
    >
      {isOutdated
        ? 'The office was updated while this window was open.'
        : 'Load it anew. If it fails again, tell whoever runs this server.'}
    </EmptyState>
  );
}

export function NothingHere() {
  return (
    <EmptyState
      icon="search"
      title="There is nothing at this address"
      action={
        <Button component={Link} to="/office">
          To the first page
        </Button>
      }
    >
      The link may be old, or was cut off.
    </EmptyState>
  );
}
