import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import { describeError } from '../../runtime/describe-error.ts';
import type { Logger } from '../../runtime/logger.ts';

/** What may be said of the call that a request started. */
export interface CallNote {
  agentId: string;
  roomName: string;
}

/** Adds the call to the request's log line. */
export function noteCall(response: Response, call: CallNote): void {
  response.locals['call'] = call;
}

/**
 * One line a request, by an allow-list: id, method, the route's pattern (an address itself may hold
 * anything), status, milliseconds, call. No query, body, address, agent string or header.
 * The id is answered as X-Request-Id; one that comes in is kept only from a proxy we trust.
 */
export function requestLog(
  logger: Logger,
  { trustsProxy }: { trustsProxy: boolean },
): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    genReqId(request, response) {
      const id = (trustsProxy && incomingId(request)) || randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    // With the library's own serializers each line would carry all headers.
    wrapSerializers: false,
    serializers: { req: () => undefined, res: () => undefined, err: describeError },
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    autoLogging: { ignore: ({ url }) => url === '/healthz' || url === '/readyz' },
    customSuccessObject: lineOf,
    customErrorObject: (request, response, _error, fields) => lineOf(request, response, fields),
  });
}

function lineOf(request: Request, response: Response, fields: { responseTime?: number }) {
  const route = request.route as { path: string } | undefined;
  return {
    method: request.method,
    route: route?.path ?? (response.statusCode < 400 ? 'file' : 'none'),
    status: response.statusCode,
    milliseconds: fields.responseTime,
    ...(response.locals['call'] as CallNote | undefined),
  };
}

function incomingId(request: IncomingMessage): string | undefined {
  const id = request.headers['x-request-id'];
  return typeof id === 'string' && /^[\w-]{8,64}$/.test(id) ? id : undefined;
}
