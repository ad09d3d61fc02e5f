/**
 * Whether a page is shown inside one of another origin, which could lay its own things over it and guide a
 * person's presses. A host's headers forbid it where they can be set; the page itself refuses as well.
 *
 * @param view The page's window.
 * @returns True also where it cannot be found out, as in a sandbox.
 */
export function isFramedByStranger(view: Window): boolean {
  for (let each = view; each.parent !== each; each = each.parent) {
    try {
      if (each.parent.location.origin !== view.location.origin) return true;
    } catch {
      return true;
    }
  }
  return false;
}
