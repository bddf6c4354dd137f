import { Box, Text, VisuallyHidden } from '@mantine/core';
import type { AgentDraft } from './agent-form.ts';
import classes from './changes-list.module.css';
import { fieldName, fieldValue, isProse } from './field-words.ts';
import { textDifference } from './text-difference.ts';

type Change = AgentDraft['changes'][number];

/** What differs between two versions, to be read. */
export function ChangesList({ changes }: { changes: readonly Change[] }) {
  return (
    <Box component="dl" className={classes['changes'] ?? ''}>
      {changes.map((change) => (
        <div key={`${change.field} ${change.topic ?? ''}`}>
          <Text component="dt" size="sm" fw={600}>
            {fieldName(change.field, change.topic)}
          </Text>
          <Text component="dd" size="sm" m={0} className={classes['words'] ?? ''}>
            <Difference {...change} />
          </Text>
        </div>
      ))}
    </Box>
  );
}

function Difference({ field, before, after }: Change) {
  if (isProse(field) && typeof before === 'string' && typeof after === 'string') {
    return textDifference(before, after).map(({ kind, text }, at) => {
      if (kind === 'same') return text;
      // The words of a text have no other name than their place.
      // oxlint-disable-next-line react/no-array-index-key
      return kind === 'added' ? <Added key={at}>{text}</Added> : <Removed key={at}>{text}</Removed>;
    });
  }
  const isFact = field === 'facts';
  return (
    <>
      {!(isFact && before === null) && <Removed>{fieldValue(field, before)}</Removed>}{' '}
      {!(isFact && after === null) && <Added>{fieldValue(field, after)}</Added>}
    </>
  );
}

function Removed({ children }: { children: string }) {
  return (
    <del className={classes['removed'] ?? ''}>
      <VisuallyHidden>removed: </VisuallyHidden>
      {children}
    </del>
  );
}

function Added({ children }: { children: string }) {
  return (
    <ins className={classes['added'] ?? ''}>
      <VisuallyHidden>added: </VisuallyHidden>
      {children}
    </ins>
  );
}
