import { Turns } from '../../core/turns';
import { putShared, shareParameter, type ShareFault, type Shared } from './share-box';

/** Most bytes that a shared file may have. */
export const mostSharedBytes = 300_000_000;

/** What a form may have round the file: boundaries, names, a title, a text. */
const slackBytes = 1_000_000;

/** What no system's share sheet posts into. */
const frames: readonly string[] = ['iframe', 'frame', 'embed', 'object', 'fencedframe'];

/** Of two shares the second is read when the first is in the box: one at a time is in memory. */
const turns = new Turns();

/**
 * Answers a share: keeps the first file and sends the browser to the page, which shows it.
 *
 * @param request A POST of `multipart/form-data`, as the manifest's share target asks for.
 * @param home Absolute address of the page.
 * @param mostBytes Most bytes that are read of the file.
 * @returns A redirect that the browser follows with GET, so that a reload shares nothing again.
 */
export async function receiveShare(
  request: Request,
  home: string,
  mostBytes = mostSharedBytes,
): Promise<Response> {
  const address = new URL(home);
  const said = await turns.take(undefined, () => keepFirst(request, home, mostBytes));
  address.searchParams.set(shareParameter, said);
  return Response.redirect(address.href, 303);
}

async function keepFirst(request: Request, home: string, mostBytes: number): Promise<string> {
  const nothing: Record<ShareFault, ShareFault> = {
    empty: 'empty',
    failed: 'failed',
    large: 'large',
  };
  try {
    if (frames.includes(request.destination)) return nothing.failed;
    const file = await readFirst(request, mostBytes);
    if (!file) return nothing.empty;
    return await putShared({ file, sender: senderOf(request, home) }, Date.now());
  } catch (error) {
    return error instanceof TooLarge ? nothing.large : nothing.failed;
  }
}

class TooLarge extends Error {}

/** The first file of a form, which is read no farther than it may be long. */
async function readFirst(request: Request, mostBytes: number): Promise<Shared['file'] | undefined> {
  let arrived = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      arrived += chunk.length;
      if (arrived > mostBytes + slackBytes) throw new TooLarge();
      controller.enqueue(chunk);
    },
  });
  // Firefox has no body here, and gives the form alone.
  const form = request.body
    ? new Response(request.body.pipeThrough(counter), { headers: typeOf(request) })
    : request;
  const fields = await form.formData().catch((error: unknown) => {
    throw arrived > mostBytes + slackBytes ? new TooLarge() : error;
  });
  const file = [...fields.values()].find((field) => field instanceof File && field.size > 0);
  if (!(file instanceof File)) return undefined;
  if (file.size > mostBytes) throw new TooLarge();
  return file;
}

const typeOf = ({ headers }: Request) => ({ 'Content-Type': headers.get('Content-Type') ?? '' });

/** The site that a share is from, as far as the browser says so: `Origin`, or else the referrer. */
function senderOf({ headers, referrer }: Request, home: string): string | null {
  const given = [headers.get('Origin'), referrer].find((each) => each && /^https?:/.test(each));
  if (!given || !URL.canParse(given)) return null;
  const { origin, host } = new URL(given);
  return origin === new URL(home).origin ? null : host;
}
