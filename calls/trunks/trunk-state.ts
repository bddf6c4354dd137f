/** A trunk as it has to be in LiveKit. Lists are sorted. */
export interface WantedTrunk {
  sipTrunkId: string;
  organizationId: string;
  /** As its operator calls it. */
  title: string;
  /** E.164; never empty: LiveKit takes a trunk without numbers for one of all numbers. */
  numbers: string[];
  /** Networks: see `toNetwork`. */
  allowedAddresses: string[];
  /** Empty: no digest authentication. */
  authUsername: string;
  authPassword: string;
  /** LiveKit hangs up then, also when the worker that should do it is gone. */
  maxCallSeconds: number;
}

/** What is compared of a trunk in LiveKit. */
export interface PresentTrunk extends Omit<WantedTrunk, 'sipTrunkId' | 'organizationId' | 'title'> {
  id: string;
  name: string;
  metadata: string;
  /** Whether the worker is told of a caller who asks for privacy. */
  tellsPrivacy: boolean;
}

/** What is compared of a dispatch rule in LiveKit. */
export interface PresentRule {
  id: string;
  name: string;
  trunkIds: string[];
  /** Everything else as far as we set it, written as one text. */
  setup: string;
}

/** What the rule of ours has to do with every call. */
export interface WantedRule {
  name: string;
  setup: string;
}

export interface TrunksAndRules {
  trunks: PresentTrunk[];
  rules: PresentRule[];
}
