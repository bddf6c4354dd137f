import {
  RoomAgentDispatch,
  RoomConfiguration,
  SIPDispatchRule,
  SIPDispatchRuleCallee,
  SIPDispatchRuleInfo,
  SIPInboundTrunkInfo,
} from 'livekit-server-sdk';
import type { SipClient } from 'livekit-server-sdk';
import { serializeCallMetadata } from '../call-metadata.ts';
import { PRIVACY_ATTRIBUTE } from '../withheld-number.ts';
import type {
  TrunksAndRules,
  PresentRule,
  PresentTrunk,
  WantedRule,
  WantedTrunk,
} from './trunk-state.ts';
import { markOfTrunk, nameOfRule } from './ownership.ts';

/** Rooms of phone calls begin with it. */
export const PHONE_ROOM_PREFIX = 'phone-';

/** LiveKit hands a header on where the trunk says so. */
const PRIVACY = { Privacy: PRIVACY_ATTRIBUTE };

/** LiveKit's trunks and rules, and how ours are written there. */
export class LivekitTrunks {
  readonly #client: SipClient;
  readonly #workerName: string;
  readonly #trunks = new Map<string, SIPInboundTrunkInfo>();
  readonly #rules = new Map<string, SIPDispatchRuleInfo>();

  constructor(client: SipClient, workerName: string) {
    this.#client = client;
    this.#workerName = workerName;
  }

  get rule(): WantedRule {
    return { name: nameOfRule(this.#workerName), setup: setupOf(this.#ruleInfo([])) };
  }

  async read(): Promise<TrunksAndRules> {
    const trunks = await this.#client.listSipInboundTrunk();
    const rules = await this.#client.listSipDispatchRule();
    for (const trunk of trunks) this.#trunks.set(trunk.sipTrunkId, trunk);
    for (const rule of rules) this.#rules.set(rule.sipDispatchRuleId, rule);
    return { trunks: trunks.map(toPresentTrunk), rules: rules.map(toPresentRule) };
  }

  /** @returns LiveKit's id */
  async createTrunk(trunk: WantedTrunk): Promise<string> {
    const { title, numbers, allowedAddresses, authUsername, authPassword } = trunk;
    const metadata = markOfTrunk(this.#workerName, trunk.sipTrunkId);
    const created = await this.#client.createSipInboundTrunk(title, numbers, {
      metadata,
      allowedAddresses,
      authUsername,
      authPassword,
      headersToAttributes: PRIVACY,
    });
    this.#trunks.set(created.sipTrunkId, created);
    // The length of a call cannot be said when a trunk is made.
    await this.updateTrunk(created.sipTrunkId, trunk);
    return created.sipTrunkId;
  }

  /** What somebody set besides, such as encryption, stays. */
  async updateTrunk(id: string, trunk: WantedTrunk): Promise<void> {
    const present = this.#trunks.get(id);
    const ours = new SIPInboundTrunkInfo({
      maxCallDuration: { seconds: BigInt(trunk.maxCallSeconds) },
    });
    const { numbers, allowedAddresses, authUsername, authPassword } = trunk;
    const info = Object.assign(present?.clone() ?? ours, {
      name: trunk.title,
      metadata: markOfTrunk(this.#workerName, trunk.sipTrunkId),
      numbers,
      allowedAddresses,
      authUsername,
      authPassword,
      maxCallDuration: ours.maxCallDuration,
      headersToAttributes: { ...present?.headersToAttributes, ...PRIVACY },
    });
    this.#trunks.set(id, await this.#client.updateSipInboundTrunk(id, info));
  }

  async deleteTrunk(id: string): Promise<void> {
    await this.#client.deleteSipTrunk(id);
  }

  async createRule(trunkIds: string[]): Promise<void> {
    const { name, roomConfig } = this.#ruleInfo(trunkIds);
    const rule = { type: 'callee', roomPrefix: PHONE_ROOM_PREFIX, randomize: true } as const;
    await this.#client.createSipDispatchRule(rule, {
      name,
      trunkIds,
      ...(roomConfig ? { roomConfig } : {}),
    });
  }

  async updateRule(id: string, trunkIds: string[]): Promise<void> {
    const present = this.#rules.get(id)?.clone() ?? new SIPDispatchRuleInfo();
    const info = Object.assign(present, this.#ruleInfo(trunkIds));
    await this.#client.updateSipDispatchRule(id, info);
  }

  async deleteRule(id: string): Promise<void> {
    await this.#client.deleteSipDispatchRule(id);
  }

  /**
   * A room of its own for every call, named after the number that was called: LiveKit's `individual`
   * rule would name it after the caller, and rooms' names are in logs.
   */
  #ruleInfo(trunkIds: string[]) {
    const value = new SIPDispatchRuleCallee({ roomPrefix: PHONE_ROOM_PREFIX, randomize: true });
    const agent = new RoomAgentDispatch({
      agentName: this.#workerName,
      metadata: serializeCallMetadata({ v: 1, line: 'phone' }),
    });
    return {
      name: nameOfRule(this.#workerName),
      trunkIds,
      rule: new SIPDispatchRule({ rule: { case: 'dispatchRuleCallee', value } }),
      roomConfig: new RoomConfiguration({ agents: [agent] }),
      // The tools need to know who calls.
      hidePhoneNumber: false,
      // Participants read it.
      metadata: '',
      numbers: [],
      inboundNumbers: [],
    };
  }
}

function toPresentTrunk(trunk: SIPInboundTrunkInfo): PresentTrunk {
  return {
    id: trunk.sipTrunkId,
    name: trunk.name,
    metadata: trunk.metadata,
    numbers: trunk.numbers.map(toE164),
    allowedAddresses: trunk.allowedAddresses,
    authUsername: trunk.authUsername,
    authPassword: trunk.authPassword,
    maxCallSeconds: Number(trunk.maxCallDuration?.seconds ?? 0n),
    tellsPrivacy: trunk.headersToAttributes['Privacy'] === PRIVACY_ATTRIBUTE,
  };
}

function toPresentRule(rule: SIPDispatchRuleInfo): PresentRule {
  const { sipDispatchRuleId, name, trunkIds } = rule;
  return { id: sipDispatchRuleId, name, trunkIds, setup: setupOf(rule) };
}

type RuleSetup = Pick<
  SIPDispatchRuleInfo,
  'rule' | 'roomConfig' | 'hidePhoneNumber' | 'metadata' | 'numbers' | 'inboundNumbers'
>;

function setupOf({ rule, roomConfig, ...setup }: RuleSetup): string {
  const { hidePhoneNumber, metadata, numbers, inboundNumbers } = setup;
  const agents = roomConfig?.agents.map((agent) => [agent.agentName, agent.metadata]);
  const others = [hidePhoneNumber, metadata, numbers, inboundNumbers];
  return JSON.stringify([rule?.toJson(), agents, ...others]);
}

/** LiveKit takes "1 202-555-0123" for the same number. */
function toE164(number: string): string {
  const bare = number.replaceAll(/[\s()-]/g, '');
  return /^\d+$/.test(bare) ? `+${bare}` : bare;
}
