import { EnhanceError } from '../core/errors';

/** What a policy of these says of an address: where it is fine, something that only the browser can make. */
type Policy = { readonly createScriptURL: (address: string) => string };

/** Trusted Types, as far as they are used; TypeScript's own libraries do not have them yet. */
type TrustedTypes = {
  readonly defaultPolicy: Policy | null;
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string | null },
  ): Policy;
};

/** One policy of each name may be made. */
let packagePolicy: Policy | null = null;

/**
 * Lets this page or worker start workers, its own and those that onnxruntime starts, from addresses of its
 * own origin and from no other, under a policy that requires Trusted Types (scripts/headers.mjs). Where a
 * host's policy does not allow this, its own decides.
 */
export function allowOwnScripts(): void {
  // Null is a refusal, of this policy alone.
  createPolicy('default', () => null);
}

/**
 * Starts a worker on a page that is not ours and may require Trusted Types, whose default policy is not ours
 * to set: the address goes through a policy named `enlarger`, which nobody else can reach.
 *
 * @param start Has `new Worker(new URL(...))` in it, as bundlers look for it, and so no place for a policy:
 *   for as long as it runs, and it runs at once, `Worker` is one that asks the policy.
 * @returns What it gives.
 * @throws {unknown} What it throws.
 */
export function startTrusted<T>(start: () => T): T {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  // A page with a default policy has decided.
  if (!trustedTypes || trustedTypes.defaultPolicy) return start();
  const policy = (packagePolicy ??= createPolicy('enlarger', (url) => {
    throw new EnhanceError('other-origin', { url, origin: self.location.origin });
  }));
  if (!policy) return start();
  const trust = (address: string | URL): string => policy.createScriptURL(String(address));
  const Untrusted = globalThis.Worker;
  globalThis.Worker = class extends Untrusted {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(trust(address), options);
    }
  };
  try {
    return start();
  } finally {
    globalThis.Worker = Untrusted;
  }
}

/** Null where the host allows no policy of that name, or the browser knows none. */
function createPolicy(name: string, refuse: (address: string) => null): Policy | null {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  const { href, origin } = self.location;
  try {
    const createScriptURL = (address: string): string | null =>
      new URL(address, href).origin === origin ? address : refuse(address);
    return trustedTypes?.createPolicy(name, { createScriptURL }) ?? null;
  } catch {
    // Another's policy, or one of this name.
    return null;
  }
}
