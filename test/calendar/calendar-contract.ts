import { beforeAll, beforeEach, describe } from 'vitest';
import { describeBooking } from './contract/booking.ts';
import { describeChanging } from './contract/changing.ts';
import { ContractWorld } from './contract/contract-world.ts';
import type { Capability, ContractSetup } from './contract/contract-world.ts';
import { describeFailing } from './contract/failing.ts';
import { describeListing } from './contract/listing.ts';

/**
 * What every calendar keeps, whatever provider lies behind it. `setup` gives a calendar with at
 * least sixty free slots in the next four weeks.
 * @param options.lacks what the provider cannot do, or cannot be made to do in a test
 */
export function describeCalendarContract(
  name: string,
  setup: () => Promise<ContractSetup>,
  options: { lacks?: readonly Capability[] } = {},
): void {
  describe(`${name} keeps the calendar contract`, () => {
    const world = new ContractWorld(new Set(options.lacks));
    beforeAll(async () => {
      await world.open(await setup());
    });
    beforeEach(async () => {
      await world.setup.pace?.();
    }, 90_000);

    describeListing(world);
    describeBooking(world);
    describeChanging(world);
    describeFailing(world);
  });
}
