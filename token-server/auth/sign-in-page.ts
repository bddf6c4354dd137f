import { escapeHtml } from '../escape-html.ts';

/** What somebody reads who comes back from a provider and is led to no page of the office. */
export function writeSignInPage({ title, words }: { title: string; words: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/api/v1/reference.css">
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(words)}</p>
<p><a href="/office/calendars">To the calendars</a></p>
</main>
</body>
</html>
`;
}
