import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { ROUTES } from './routes.ts';
import type { Route } from './route.ts';

const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable: a program goes by it.' }),
    detail: z.string(),
    field: z.string().optional().meta({ description: 'The part of the request at fault.' }),
  })
  .meta({ id: 'Problem', description: 'What was wrong (RFC 9457).' });

const IF_MATCH = z
  .string()
  .meta({ description: 'The ETag of what is edited, as it was read.', example: '"…"' });
const IDEMPOTENCY_KEY = z
  .string()
  .optional()
  .meta({ description: 'The same for the same request: it is done once, and answered alike.' });

/** Describes the API from the schemas that check what comes in (OpenAPI 3.1). */
export function createOpenApiDocument(officeUrl: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(route) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Slotline',
      version: '1',
      description: 'The office: what its pages do, programs do by the same routes.',
    },
    servers: [{ url: `${officeUrl}/api/v1` }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `sl_live_…`.' },
        session: { type: 'apiKey', in: 'cookie', name: 'slotline.session_token' },
      },
    },
  });
}

function describeRoute(route: Route): ZodOpenApiOperationObject {
  const { id, summary } = route;
  const status = 'status' in route ? route.status : 200;
  const operation: ZodOpenApiOperationObject = {
    operationId: id,
    summary,
    tags: [tagOf(route)],
    responses: {
      [status]: {
        description: 'Done',
        content:
          route.kind === 'file'
            ? { [route.contentType]: { schema: z.file() } }
            : { 'application/json': { schema: route.answer } },
      },
      ...(route.kind === 'effect'
        ? {
            202: {
              description: 'Nobody knows yet whether it is done: it is found out, and shown then',
              content: { 'application/json': { schema: route.answer } },
            },
          }
        : {}),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: ProblemSchema } },
      },
    },
  };
  if (route.kind === 'own') return operation;
  operation.description = `Needs \`${route.action}\`.`;
  operation.requestParams = { path: route.params };
  if (route.kind === 'read' || route.kind === 'file') {
    operation.requestParams.query = route.query;
    return operation;
  }
  const headers = {
    ...(route.current ? { 'If-Match': IF_MATCH } : {}),
    ...(route.isIdempotent ? { 'Idempotency-Key': IDEMPOTENCY_KEY } : {}),
  };
  if (Object.keys(headers).length > 0) operation.requestParams.header = z.object(headers);
  if (route.body) {
    operation.requestBody = {
      required: true,
      content: { 'application/json': { schema: route.body, example: route.example } },
    };
  }
  return operation;
}

/** What the route is about: the last part of its path that is no parameter. */
export function tagOf({ path }: Pick<Route, 'path'>): string {
  return path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '';
}
