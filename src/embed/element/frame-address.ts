/** By a name of its own, so that no bundler takes the page for a picture of ours. */
const script = import.meta.url;

/**
 * Where the page inside the frame is: beside the folder of the element's script. In the package
 * `enlarger` another file takes the place of this one: `package-frame-address.ts`.
 *
 * @returns An absolute address.
 */
export function findFrame(): string {
  return new URL('../embed.html', script).href;
}
