import type { Request } from 'express';
import type { z } from 'zod';
import { Problem } from '../problem.ts';
import { searchOf } from '../search-of.ts';
import type { Route } from './route.ts';

export interface ValidInput {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
}

/**
 * Reads a request by the schemas of its route.
 * @throws {Problem} naming the first field at fault
 */
export function validate(route: Route, request: Request): ValidInput {
  if (route.kind === 'own') return { params: {}, query: {}, body: undefined };
  const params = parse(route.params, request.params) as Record<string, unknown>;
  if (route.kind === 'read' || route.kind === 'file') {
    const search = new URLSearchParams(searchOf(request));
    const query = parse(route.query, Object.fromEntries(search)) as Record<string, unknown>;
    return { params, query, body: undefined };
  }
  const body = route.body === null ? undefined : parse(route.body, request.body ?? {});
  return { params, query: {}, body };
}

function parse(schema: z.ZodType, given: unknown): unknown {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys') {
    throw new Problem('invalid_request', 'is not known here', {
      field: [...path, issue.keys[0]].join('.'),
    });
  }
  const isMissing = issue?.code === 'invalid_type' && valueAt(given, path) === undefined;
  const detail = isMissing ? 'is missing' : (issue?.message ?? 'cannot be used');
  throw new Problem('invalid_request', detail, { field: path.join('.') || 'body' });
}

function valueAt(given: unknown, path: readonly string[]): unknown {
  let value: unknown = given;
  for (const step of path) value = (Object(value) as Record<string, unknown>)[step];
  return value;
}
