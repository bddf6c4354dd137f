import { getAuth, postAuth } from '../api/auth.ts';
import { ApiProblem } from '../api/api-problem.ts';

/** Whether this browser can use passkeys, and the page came by an address that they know. */
export function knowsPasskeys(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential
  );
}

/** @throws {ApiProblem} */
export async function signInByPasskey(): Promise<void> {
  const options = await getAuth<PublicKeyCredentialRequestOptionsJSON>(
    '/passkey/generate-authenticate-options',
  );
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const response = await ask(() => navigator.credentials.get({ publicKey }));
  await postAuth('/passkey/verify-authentication', { response });
}

/** @throws {ApiProblem} */
export async function makePasskey(name: string): Promise<void> {
  const options = await getAuth<PublicKeyCredentialCreationOptionsJSON>(
    '/passkey/generate-register-options',
  );
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const response = await ask(() => navigator.credentials.create({ publicKey }));
  await postAuth('/passkey/verify-registration', { response, name });
}

/** Lets the browser ask its user; what they decline is no error of ours. */
async function ask(browser: () => Promise<Credential | null>): Promise<unknown> {
  try {
    const credential = await browser();
    if (credential) return (credential as PublicKeyCredential).toJSON();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') {
      throw new ApiProblem(0, 'passkey_known', 'This device has a passkey for the office already.');
    }
    if (!(error instanceof DOMException)) throw error;
  }
  throw new ApiProblem(0, 'passkey_declined', 'The device did not confirm a passkey. Try again.');
}
