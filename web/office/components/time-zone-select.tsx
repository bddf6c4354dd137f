import { Select } from '@mantine/core';
import type { SelectProps } from '@mantine/core';

// Some browsers list UTC, and some do not.
const ZONES = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];
/** As many are listed at once: whoever looks for one types a part of it. */
const SHOWN = 60;

/** Chooses an IANA zone by a part of its name. */
export function TimeZoneSelect(props: Omit<SelectProps, 'data'>) {
  const { value } = props;
  const data = value && !ZONES.includes(value) ? [value, ...ZONES] : ZONES;
  return (
    <Select
      searchable
      limit={SHOWN}
      nothingFoundMessage="There is no such zone"
      {...props}
      data={data}
    />
  );
}
