import { Turns } from '../../core/turns';
import { putShared, shareParameter, type ShareFault } from './share-box';

/** Most bytes that a shared file may have. */
export const mostSharedBytes = 300_000_000;

/** What a form may have round the file: boundaries, names, a title, a text. */
const slackBytes = 1_000_000;

/** What no system's share sheet posts into. */
const frames: readonly string[] = ['iframe', 'frame', 'embed', 'object', 'fencedframe'];

/** Of two shares the second is read when the first is in the box: one at a time is in memory. */
const turns = new Turns();

/**
 * Answers a share: keeps what was posted and sends the browser to the page, which shows it.
 *
 * @param request A POST of `multipart/form-data`, as the manifest's share target asks for.
 * @param home Absolute address of the page.
 * @param mostBytes Most bytes that are read, but for what a form has round a file.
 * @returns A redirect that the browser follows with GET, so that a reload shares nothing again.
 */
export async function receiveShare(
  request: Request,
  home: string,
  mostBytes = mostSharedBytes,
): Promise<Response> {
  const address = new URL(home);
  const said = await turns.take(undefined, () => keep(request, home, mostBytes + slackBytes));
  address.searchParams.set(shareParameter, said);
  return Response.redirect(address.href, 303);
}

async function keep(request: Request, home: string, mostBytes: number): Promise<string> {
  const nothing: Record<'failed' | 'large', ShareFault> = { failed: 'failed', large: 'large' };
  const type = request.headers.get('Content-Type') ?? '';
  if (!type.startsWith('multipart/form-data') || frames.includes(request.destination))
    return nothing.failed;
  let arrived = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      arrived += chunk.length;
      if (arrived > mostBytes) controller.error(new RangeError());
      else controller.enqueue(chunk);
    },
  });
  try {
    // Firefox has no stream here.
    const form = request.body?.pipeThrough(counter) ?? (await request.blob());
    if (form instanceof Blob && form.size > mostBytes) return nothing.large;
    return await putShared(form, { type, sender: senderOf(request, home), now: Date.now() });
  } catch {
    return arrived > mostBytes ? nothing.large : nothing.failed;
  }
}

/** The site that a share is from, as far as the browser says so: `Origin`, or else the referrer. */
function senderOf({ headers, referrer }: Request, home: string): string | null {
  const given = [headers.get('Origin'), referrer].find((each) => each && /^https?:/.test(each));
  if (!given || !URL.canParse(given)) return null;
  const { origin, host } = new URL(given);
  return origin === new URL(home).origin ? null : host;
}
