import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Milliseconds by which a request's date may differ. */
const SKEW = 900_000;
/** How long a slow server takes; milliseconds. */
const SLOWNESS = 300;

export type S3Fault = 'error' | 'denied' | 'reset' | 'slow' | 'hangs up';

export interface S3Server {
  endpoint: string;
  keyId: string;
  secret: string;
  bucket: string;
  region: string;
  /** What lies in the bucket, by key. */
  objects: Map<string, Buffer>;
  /** Methods of the requests so far. */
  requests: string[];
  /** What goes wrong with each request until it is taken away. */
  fault: S3Fault | null;
}

/**
 * A bucket on loopback. Signatures are checked as the specification has it ("Authenticating Requests:
 * Using the Authorization Header (AWS Signature Version 4)"), and with code of its own.
 */
export async function startS3Server(): Promise<S3Server> {
  const s3: S3Server = {
    endpoint: '',
    keyId: 'AKIDEXAMPLE',
    secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    bucket: 'calls',
    region: 'eu-central-1',
    objects: new Map(),
    requests: [],
    fault: null,
  };
  const server = createServer((request, response) => {
    s3.requests.push(request.method ?? '');
    void answer(s3, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  s3.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return s3;
}

async function answer(
  s3: S3Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (status: number, code: string): void => {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>`);
  };
  if (s3.fault === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const pieces: Buffer[] = [];
  for await (const piece of request) {
    pieces.push(piece as Buffer);
    if (s3.fault === 'hangs up') {
      request.socket.destroy();
      return;
    }
  }
  const body = Buffer.concat(pieces);
  if (s3.fault === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOWNESS));
  if (s3.fault === 'error') {
    refuse(500, 'InternalError');
    return;
  }
  if (s3.fault === 'denied') {
    refuse(403, 'AccessDenied');
    return;
  }
  const wrong = findFault(s3, request, body);
  if (wrong !== null) {
    refuse(403, wrong);
    return;
  }
  const [, bucket, ...rest] = new URL(request.url ?? '/', s3.endpoint).pathname.split('/');
  const key = decodeURIComponent(rest.join('/'));
  if (bucket !== s3.bucket) {
    refuse(404, 'NoSuchBucket');
    return;
  }
  if (request.method === 'PUT') {
    if (request.headers['content-length'] === undefined) {
      refuse(411, 'MissingContentLength');
      return;
    }
    s3.objects.set(key, body);
    response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
  } else if (request.method === 'GET') {
    const object = s3.objects.get(key);
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (object && range) {
      const [first, last] = [Number(range[1]), Math.min(Number(range[2]), object.length - 1)];
      const part = object.subarray(first, last + 1);
      const shown = `bytes ${first}-${last}/${object.length}`;
      if (part.length === 0) refuse(416, 'InvalidRange');
      else
        response
          .writeHead(206, { 'content-length': part.length, 'content-range': shown })
          .end(part);
    } else if (object) response.writeHead(200, { 'content-length': object.length }).end(object);
    else refuse(404, 'NoSuchKey');
  } else if (request.method === 'DELETE') {
    s3.objects.delete(key);
    response.writeHead(204).end();
  } else refuse(405, 'MethodNotAllowed');
}

/** Why the request is not taken; null where it is. */
function findFault(s3: S3Server, request: IncomingMessage, body: Buffer): string | null {
  const { headers } = request;
  const authorization =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (!authorization) return 'AccessDenied';
  const [, keyId, day = '', region = '', names = '', signature = ''] = authorization;
  if (keyId !== s3.keyId) return 'InvalidAccessKeyId';
  if (region !== s3.region) return 'AuthorizationHeaderMalformed';
  const date = String(headers['x-amz-date']);
  const at = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (!(Math.abs(Date.now() - at) < SKEW)) return 'RequestTimeTooSkewed';
  const signed = names.split(';');
  const mustBeSigned = Object.keys(headers).filter(
    (name) => name === 'host' || name.startsWith('x-amz-'),
  );
  if (mustBeSigned.some((name) => !signed.includes(name))) return 'AccessDenied';
  const hash = String(headers['x-amz-content-sha256']);
  if (hash !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const url = new URL(request.url ?? '/', s3.endpoint);
  const canonical = [
    request.method,
    url.pathname,
    url.search.slice(1),
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    hash,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${s3.secret}`, day), region));
  const isSame = timingSafeEqual(Buffer.from(signature, 'hex'), hmac(key, toSign));
  return isSame ? null : 'SignatureDoesNotMatch';
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
