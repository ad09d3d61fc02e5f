/** Trusted Types, as far as they are used; TypeScript's own libraries do not have them yet. */
type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string | null },
  ): object;
};

/**
 * Lets this page or worker start workers, its own and those that onnxruntime starts, from addresses of its
 * own origin and from no other, under a policy that requires Trusted Types (scripts/headers.mjs). Where a
 * host page's policy does not allow this, its own decides.
 */
export function allowOwnScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  const { href, origin } = self.location;
  try {
    trustedTypes?.createPolicy('default', {
      // Null is a refusal.
      createScriptURL: (address) => (new URL(address, href).origin === origin ? address : null),
    });
  } catch {
    // Another's policy, or one of this name.
  }
}
