import { z } from 'zod';
import { POLICIES } from '../../manage/accounts/policies.ts';
import { escapeHtml } from '../escape-html.ts';
import { tagOf } from './openapi.ts';
import type { Route } from './route.ts';

export const REFERENCE_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid; border-radius: 0.25rem; }
code { font: 0.9em/1.5 ui-monospace, monospace; }
`;

/** The API for people: every route with who may use it and what goes in and out. No script, nothing from elsewhere. */
export function writeReferencePage(routes: readonly Route[]): string {
  const groups = [...Map.groupBy(routes, tagOf)].map(
    ([tag, of]) => `<section><h2>${escapeHtml(tag)}</h2>${of.map(writeRoute).join('')}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Slotline API</title>
<link rel="stylesheet" href="/api/v1/reference.css">
</head>
<body>
<h1>Slotline API</h1>
<p>For programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>. Send a key as <code>Authorization: Bearer sl_live_…</code>.
An edit names in <code>If-Match</code> the <code>ETag</code> of what it was made from. A write with an
<code>Idempotency-Key</code> is done once, however often it is sent within a day. What goes wrong is
answered as <code>application/problem+json</code> with a <code>code</code> and, where there is one, the <code>field</code>.</p>
${groups.join('\n')}
</body>
</html>
`;
}

function writeRoute(route: Route): string {
  const { method, path, summary } = route;
  const parts = [
    `<h3><code>${method.toUpperCase()} /api/v1${escapeHtml(path)}</code></h3>`,
    `<p>${escapeHtml(summary)} ${escapeHtml(whoMay(route))}</p>`,
  ];
  if ('query' in route && Object.keys(route.query.shape).length > 0) {
    parts.push(writeSchema('Query', route.query, 'input'));
  }
  if ('body' in route && route.body) parts.push(writeSchema('Body', route.body, 'input'));
  parts.push(
    route.kind === 'file'
      ? `<p>Answers <code>${escapeHtml(route.contentType)}</code>.</p>`
      : writeSchema('Answer', route.answer, 'output'),
  );
  return `<article>${parts.join('')}</article>`;
}

function whoMay(route: Route): string {
  if (route.kind === 'own') return 'For whoever has signed in.';
  const { roles, isScope } = POLICIES[route.action];
  const keys = isScope ? ` and keys with the scope ${route.action}` : '';
  return `For ${roles.join(', ')}${keys}.`;
}

function writeSchema(title: string, schema: z.ZodType, io: 'input' | 'output'): string {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  const text = escapeHtml(JSON.stringify(shape, null, 2));
  return `<details><summary>${title}</summary><pre><code>${text}</code></pre></details>`;
}
