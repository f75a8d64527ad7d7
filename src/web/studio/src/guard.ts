import { problemOf, rawFetch, sentence } from './api';
import { notify } from './notices';
import { asValidationProblem, loaded, save } from './saves';
import { renew } from './session';
import { say } from './text';

const never = <T>() => new Promise<T>(() => {});

/**
 * Stands between the Studio's .NET runtime and our server. A 401 is answered by signing in again and repeating the call; a 403 becomes a validation message
 * where the Studio shows one, and silence with a notice where an answer would end its runtime.
 */
export function guardFetch(): void {
  window.fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : String(input), document.baseURI);
    if (url.origin !== location.origin || !url.pathname.startsWith('/elsa/')) return rawFetch(input, init);
    const request = new Request(input, init);
    const headers = new Headers(request.headers);
    headers.set('X-PowerWorkflow', '1');
    const method = request.method.toUpperCase();

    if (method === 'POST' && url.pathname.endsWith('/elsa/api/workflow-definitions')) {
      const body = await request.text();
      // Without the caller's signal on purpose: when the runtime gives up waiting for a sign-in, the save must still arrive.
      return save(url.href, body, headers, one => signedInFetch(() => rawFetch(one.clone())));
    }

    const body = method === 'GET' || method === 'HEAD' ? undefined : await request.arrayBuffer();
    const response = await signedInFetch(() => rawFetch(url, { method, headers, body, credentials: 'same-origin', signal: request.signal }));
    const revision = response.headers.get('X-Studio-Revision');
    const definition = response.headers.get('X-Studio-Definition');
    if (revision && definition) loaded(decodeURIComponent(definition), revision);
    if (response.status === 403) return forbidden(url, method, response);
    if (response.status >= 400 && response.status < 500 && response.status !== 404 && method !== 'GET') return told(response);
    return response;
  };
}

async function signedInFetch(send: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await send();
    if (response.status !== 401) return response;
    await renew();
  }
}

async function forbidden(url: URL, method: string, response: Response): Promise<Response> {
  const problem = await problemOf(response);
  notify({ kind: 'forbidden', level: 'warning', text: `${say('forbidden')}: ${sentence(problem)}` });
  // Only these calls have a place for a message; any other failure would be an unhandled exception in the runtime.
  if (method === 'POST' && /\/workflow-definitions\/(import|[^/]+\/(publish|retract))$/.test(url.pathname)) return asValidationProblem(problem);
  return never();
}

/** A refusal of something the person asked for: our notice says why; the Studio gets the one form of refusal that it can show. */
async function told(response: Response): Promise<Response> {
  const problem = await problemOf(response);
  notify({ kind: 'refused', level: 'warning', text: sentence(problem) });
  return asValidationProblem(problem);
}
