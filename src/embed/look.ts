/** The few words outside the frame, in British English. */
export const words = {
  own: 'Enhance a photo',
  given: 'Enhance this photo',
  loading: 'Loading…',
  again: 'Try again',
  frame: 'Photo enhancer',
  removed: 'The widget was taken off the page.',
  attribute: (name: string) =>
    `The attribute ${name} has a value that makes no sense: its default counts.`,
};

/** The element's own style: a constructed sheet, which a host's policy for styles does not touch. */
export const look = new CSSStyleSheet();
look.replaceSync(`
:host { display: block; position: relative; box-sizing: border-box; overflow: hidden; contain: content;
  height: var(--photo-enhancer-height, 480px); border-radius: var(--photo-enhancer-radius, 4px);
  background: #777; font: 500 15px/1.4 system-ui, sans-serif; }
:host([hidden]), [hidden] { display: none !important; }
iframe, button, div { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; padding: 0;
  border: 0; }
button { background: none; font: inherit; cursor: pointer; }
button:disabled { cursor: default; }
span { position: absolute; left: 50%; bottom: 24px; transform: translateX(-50%); padding: 12px 20px;
  border-radius: 4px; white-space: nowrap; background: var(--photo-enhancer-accent, #ffb000);
  color: var(--photo-enhancer-on-accent, #1c1c1c); font-weight: 600; }
.alone { bottom: auto; top: 50%; transform: translate(-50%, -50%); }
button:focus-visible { outline: 3px solid #fff; outline-offset: -6px; }
div { display: grid; place-items: center; padding: 24px; box-sizing: border-box; overflow: auto;
  background: #1c1c1c; color: #ededed; text-align: center; }
::slotted([slot='poster']) { display: block; width: 100%; height: 100%; object-fit: contain; }
`);
