import { randomBytes, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Database } from '../../db/database.ts';
import {
  openCredential,
  sealCredential,
  SealedCredentialError,
} from '../../db/sealed-credential.ts';
import {
  countEndpoints,
  deleteEndpoint,
  findEndpoint,
  findEndpointSecret,
  insertEndpoint,
  replaceSecret,
  updateEndpoint,
} from '../../db/webhooks/endpoints.ts';
import type { EndpointKey, WebhookEndpoint } from '../../db/webhooks/endpoints.ts';
import type { AddressRule } from '../../runtime/public-address.ts';
import { ManageError } from '../manage-error.ts';
import { refuseUnreachable } from './endpoint-input.ts';
import type { EndpointChangeSchema, NewEndpointSchema } from './endpoint-input.ts';

/** Each event goes to all of them. */
const MOST_ENDPOINTS = 20;
/** Milliseconds for which the secret before a rotation signs too. */
const OVERLAP = 24 * 3_600_000;

/** A secret with the endpoint that it is of: shown this once. */
export interface EndpointWithSecret {
  endpoint: WebhookEndpoint;
  /** `whsec_` and base64, as Standard Webhooks writes it. */
  secret: string;
}

/**
 * Makes an endpoint, whose secret is shown this once.
 * @throws {ManageError} it can never be reached, or there are as many as may be
 */
export async function addEndpoint(
  transaction: Database,
  { masterKey, webhookAddresses }: { masterKey: Buffer; webhookAddresses: AddressRule },
  { organizationId, ...given }: z.output<typeof NewEndpointSchema> & { organizationId: string },
): Promise<EndpointWithSecret> {
  refuseUnreachable(given.url, webhookAddresses);
  if ((await countEndpoints(transaction, organizationId)) >= MOST_ENDPOINTS) {
    throw new ManageError(`There are ${MOST_ENDPOINTS} endpoints already: remove one first.`, {
      fault: 'too_many',
    });
  }
  const id = randomUUID();
  const secret = makeSecret();
  const endpoint = await insertEndpoint(transaction, {
    id,
    organizationId,
    ...given,
    secret: seal(secret, { organizationId, id }, 'secret', masterKey),
  });
  return { endpoint, secret };
}

/** @throws {ManageError} there is none */
export async function findKnownEndpoint(
  db: Database,
  key: EndpointKey,
  options: { lock?: boolean } = {},
): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(db, key, options);
  if (endpoint) return endpoint;
  throw noEndpoint();
}

/** @throws {ManageError} there is none, or it could not be reached any more */
export async function editEndpoint(
  transaction: Database,
  addresses: AddressRule,
  key: EndpointKey,
  change: z.output<typeof EndpointChangeSchema>,
): Promise<{ before: WebhookEndpoint; after: WebhookEndpoint }> {
  if (Object.keys(change).length === 0)
    throw new ManageError('must say what is to be changed', { field: 'body' });
  const before = await findKnownEndpoint(transaction, key, { lock: true });
  if (change.url !== undefined) refuseUnreachable(change.url, addresses);
  return { before, after: await updateEndpoint(transaction, key, change) };
}

/** @throws {ManageError} there is none */
export async function removeEndpoint(
  transaction: Database,
  key: EndpointKey,
): Promise<WebhookEndpoint> {
  const endpoint = await findKnownEndpoint(transaction, key, { lock: true });
  await deleteEndpoint(transaction, key);
  return endpoint;
}

/**
 * Gives an endpoint another secret, shown this once. The one before signs beside it for a day, so that
 * receivers can be given the new one in the meantime.
 *
 * @throws {ManageError} there is none
 */
export async function rotateEndpointSecret(
  transaction: Database,
  masterKey: Buffer,
  key: EndpointKey,
): Promise<EndpointWithSecret> {
  await findKnownEndpoint(transaction, key, { lock: true });
  const sealed = await findEndpointSecret(transaction, key);
  if (!sealed) throw noEndpoint();
  const secret = makeSecret();
  const previous = openOr(sealed, key, masterKey, secret);
  const endpoint = await replaceSecret(transaction, key, {
    secret: seal(secret, key, 'secret', masterKey),
    previousSecret: seal(previous, key, 'previous_secret', masterKey),
    overlap: OVERLAP,
  });
  return { endpoint, secret };
}

/** What a lost master key sealed is replaced like anything else. */
function openOr(sealed: Buffer, key: EndpointKey, masterKey: Buffer, otherwise: string): string {
  try {
    return openCredential(sealed, placeOf(key, 'secret'), masterKey);
  } catch (error) {
    if (error instanceof SealedCredentialError) return otherwise;
    throw error;
  }
}

/** 256 random bits. */
function makeSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

function seal(
  secret: string,
  key: EndpointKey,
  column: 'secret' | 'previous_secret',
  masterKey: Buffer,
): Buffer {
  return sealCredential(secret, placeOf(key, column), masterKey);
}

function placeOf({ organizationId, id }: EndpointKey, column: 'secret' | 'previous_secret') {
  return { organizationId, rowId: id, column: `webhook_endpoints.${column}` };
}

function noEndpoint(): ManageError {
  return new ManageError('There is no such endpoint.', { field: 'endpointId', fault: 'missing' });
}
