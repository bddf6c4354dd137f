export interface Agreement {
  account: string;
  /** Those that are left ticked; all unless given. */
  scopes?: readonly string[];
  answer?: 'allow' | 'deny';
}

/**
 * Goes through the pages of an authorization server as a person in a browser does, up to the address
 * that it sends them back to, which is not opened.
 */
export async function agree(url: string, agreement: Agreement): Promise<URL> {
  const cookies = new Map<string, string>();
  const ask = async (address: string, form?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      ...(form ? { method: 'POST', body: form } : {}),
      redirect: 'manual',
      headers: { Cookie: cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
  const { origin } = new URL(url);
  let response = await ask(url);
  for (let step = 0; step < 6; step += 1) {
    const location = response.headers.get('location');
    if (location === null) throw new Error(`It answered ${response.status} and leads nowhere.`);
    const next = new URL(location, url);
    if (next.origin !== origin) return next;
    response = await ask(next.href);
    if (next.pathname.startsWith('/interaction/')) {
      response = await ask(next.href, formOf(await response.text(), agreement));
    }
  }
  throw new Error('It never sent anybody back.');
}

function formOf(page: string, { account, scopes, answer = 'allow' }: Agreement): URLSearchParams {
  const shown = [...page.matchAll(/name="scope" value="([^"]+)"/g)].map(([, scope = '']) => scope);
  const ticked = shown.filter((scope) => scopes === undefined || scopes.includes(scope));
  return new URLSearchParams([
    ['account', account],
    ['answer', answer],
    ...ticked.map((scope) => ['scope', scope]),
  ] as [string, string][]);
}
