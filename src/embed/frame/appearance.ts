import type { Settings } from '../protocol';

/**
 * Gives the frame the host's theme, accent and corners; what is no CSS colour or length is left out.
 *
 * @param settings The host's wishes.
 */
export function applyLook({ theme, accent, radius }: Settings): void {
  const { dataset, style } = document.documentElement;
  if (theme === 'auto') delete dataset['theme'];
  else dataset['theme'] = theme;
  const hasAccent = accent !== '' && CSS.supports('color', accent);
  setOrRemove(style, '--safelight', hasAccent ? accent : '');
  setOrRemove(style, '--safelight-hover', hasAccent ? accent : '');
  setOrRemove(style, '--on-safelight', hasAccent ? chooseInk(accent) : '');
  setOrRemove(style, '--radius', CSS.supports('border-radius', radius) ? radius : '');
}

function setOrRemove(style: CSSStyleDeclaration, name: string, value: string): void {
  if (value) style.setProperty(name, value);
  else style.removeProperty(name);
}

/** Black or white, whichever is easier to read on a colour (WCAG 2.2, relative luminance). */
function chooseInk(colour: string): string {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return '';
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  const linear = (value: number): number => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  // Where the contrasts against black and against white are the same.
  return luminance > 0.179 ? '#1c1c1c' : '#ffffff';
}
