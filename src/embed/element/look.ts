/** A constructed sheet, which a host's policy for styles does not touch. */
const look = new CSSStyleSheet();
look.replaceSync(`
:host, * { box-sizing: border-box; }
:host { display: block; position: relative; overflow: hidden; contain: content;
  height: var(--photo-enhancer-height, 480px); border-radius: var(--photo-enhancer-radius, 4px);
  background: #777; font: 500 15px/1.4 system-ui; }
:host([hidden]), [hidden] { display: none !important; }
iframe, button, div { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; padding: 0;
  border: 0; }
button { background: none; font: inherit; }
button:enabled { cursor: pointer; }
span { position: absolute; left: 50%; bottom: 24px; translate: -50%; padding: 12px 20px; border-radius: 4px;
  width: max-content; max-width: 80%; background: var(--photo-enhancer-accent, #ffb000);
  color: var(--photo-enhancer-on-accent, #1c1c1c); font-weight: 600; }
.alone { bottom: 50%; translate: -50% 50%; }
button:focus-visible { outline: solid #fff; outline-offset: -6px; }
div { display: grid; place-items: center; padding: 24px; overflow: auto; background: Canvas;
  color: CanvasText; text-align: center; }
::slotted([slot=poster]) { display: block; width: 100%; height: 100%; object-fit: contain; }
`);

/** What the element shows besides its frame. */
export type Face = {
  /** The button over the poster. */
  readonly poster: HTMLButtonElement;
  /** The words on it. */
  readonly label: HTMLSpanElement;
  /** What is shown where the frame cannot be. */
  readonly fallback: HTMLDivElement;
  /** Why, where the page gives nothing else to show. */
  readonly reason: HTMLParagraphElement;
};

/**
 * Fills a shadow root. Nodes are made one by one: a host that enforces Trusted Types takes no markup.
 *
 * @param root Empty.
 * @returns What changes later.
 */
export function buildFace(root: ShadowRoot): Face {
  const make = document.createElement.bind(document);
  const [poster, label, fallback, reason] = [make('button'), make('span'), make('div'), make('p')];
  const slot = (name: string, ...content: Node[]): HTMLSlotElement => {
    const made = make('slot');
    made.name = name;
    made.append(...content);
    return made;
  };
  root.adoptedStyleSheets = [look];
  poster.part = 'poster';
  label.part = 'label';
  const picture = slot('poster');
  // Over a picture the words stay out of its middle.
  const place = (): boolean => label.classList.toggle('alone', !picture.assignedNodes()[0]);
  picture.onslotchange = place;
  place();
  poster.append(picture, label);
  fallback.part = 'fallback';
  fallback.append(slot('fallback', reason));
  fallback.hidden = true;
  root.append(poster, fallback);
  return { poster, label, fallback, reason };
}
