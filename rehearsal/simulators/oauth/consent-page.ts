import type { IncomingMessage } from 'node:http';

const FORM_LIMIT = 16_384;

/** The page on which one chooses an account and agrees, scope by scope. */
export function writeConsentPage({
  uid,
  accounts,
  scopes,
}: {
  uid: string;
  accounts: readonly string[];
  scopes: readonly string[];
}): string {
  const choices = accounts.map(
    (account, index) =>
      `<label><input type="radio" name="account" value="${escape(account)}"${index === 0 ? ' checked' : ''}> ${escape(account)}</label><br>`,
  );
  const boxes = scopes.map(
    (scope) =>
      `<label><input type="checkbox" name="scope" value="${escape(scope)}" checked> ${escape(scope)}</label><br>`,
  );
  return page(
    'Sign in to the simulator',
    `<p>This stands for a provider's own page. Nobody's account is behind it.</p>
<form method="post" action="/interaction/${escape(uid)}">
<fieldset><legend>Account</legend>${choices.join('\n')}</fieldset>
<fieldset><legend>Slotline wants to</legend>${boxes.join('\n')}</fieldset>
<p><button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Deny</button></p>
</form>`,
  );
}

export function writeErrorPage(error: string): string {
  return page('The simulator refuses', `<p>${escape(error)}</p>`);
}

/** What a form sends. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > FORM_LIMIT) throw new Error('The form is too long.');
  }
  return new URLSearchParams(text);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title></head><body><main><h1>${title}</h1>
${body}
</main></body></html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
