/**
 * Characters (6 bits each) of the digest of one network. The digest of a visitor by IPv6 is those of
 * the networks around the address, the widest first, so that visitors of one network share its
 * beginning; 84 bits meet by chance in no table of ours.
 */
export const NETWORK_DIGEST_LENGTH = 14;

/**
 * How many times the calls of one visitor those of a network may have open together: many people
 * share the /48 of a campus, and one person may have a /56.
 */
export const NETWORK_SHARES = [
  { beginning: NETWORK_DIGEST_LENGTH, share: 3 },
  { beginning: 2 * NETWORK_DIGEST_LENGTH, share: 2 },
];
