/**
 * Waits until an element comes near the screen.
 *
 * @param element In the page.
 * @param go Called then, once.
 * @returns Waits no longer.
 */
export function whenNear(element: Element, go: () => void): () => void {
  const watching = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watching.disconnect();
      go();
    },
    { rootMargin: '200px' },
  );
  watching.observe(element);
  return () => watching.disconnect();
}
