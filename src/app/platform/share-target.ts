import { registerRoute } from 'workbox-routing';
import { putShared, shareParameter, type ShareFault } from './share-box';

/**
 * Lets the service worker answer what the system's share sheet posts.
 *
 * @param home Absolute address of the page.
 */
export function listenForShares(home: string): void {
  registerRoute(
    ({ url }) => url.href === `${home}share`,
    ({ request }) => receiveShare(request, home),
    'POST',
  );
}

/**
 * Answers a share: keeps the first file and sends the browser to the page, which takes it.
 *
 * @param request A POST of `multipart/form-data`, as the manifest's share target asks for.
 * @param home Absolute address of the page.
 * @returns A redirect that the browser follows with GET, so that a reload shares nothing again.
 */
async function receiveShare(request: Request, home: string): Promise<Response> {
  const address = new URL(home);
  address.searchParams.set(shareParameter, await keepFirst(request));
  return Response.redirect(address.href, 303);
}

async function keepFirst(request: Request): Promise<string> {
  const nothing: Record<ShareFault, ShareFault> = { empty: 'empty', failed: 'failed' };
  try {
    const fields = [...(await request.formData()).values()];
    const file = fields.find((field) => field instanceof File && field.size > 0);
    return file instanceof File ? await putShared(file) : nothing.empty;
  } catch {
    return nothing.failed;
  }
}
