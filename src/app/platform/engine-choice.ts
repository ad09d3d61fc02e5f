/**
 * The engine files that this browser uses: of onnxruntime's two builds it needs only one.
 *
 * @param files Every file of a build.
 * @param suspends Whether this browser can suspend wasm (JSPI).
 * @returns Those for this browser; src/engine/runtime.ts makes the same choice.
 */
export function chooseFiles<File extends { readonly url: string }>(
  files: readonly File[],
  suspends: boolean,
): File[] {
  const others = suspends
    ? /\/(ort-wasm[\w-]*\.asyncify|ort\.webgpu\.bundle)\b/
    : /\/(ort-wasm[\w-]*\.jspi|ort\.jspi\.bundle)\b/;
  return files.filter(({ url }) => !others.test(url));
}
