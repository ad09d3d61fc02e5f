/** As a parameter, so that no bundler takes the page for a picture of ours. */
const beside = (path: string, script: string): string => new URL(path, script).href;

/**
 * Where the page inside the frame is: beside the folder of the element's script. In the package
 * `enlarger` another file takes the place of this one: `package-frame-address.ts`.
 *
 * @returns An absolute address.
 */
export function findFrame(): string {
  return beside('../embed.html', import.meta.url);
}
