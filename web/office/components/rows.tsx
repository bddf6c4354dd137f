import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './rows.module.css';

/** A list of things, each a `Row`; `isOrdered`: their order means something. */
export function Rows({
  children,
  isOrdered = false,
}: {
  children: ReactNode;
  isOrdered?: boolean;
}) {
  const List = isOrdered ? 'ol' : 'ul';
  return <List className={classes['rows']}>{children}</List>;
}

export function Row({ children }: { children: ReactNode }) {
  return (
    <Paper withBorder p="sm" component="li">
      {children}
    </Paper>
  );
}
