/**
 * Gives the focus to a control that takes the place of one that has gone: where a person has moved it elsewhere
 * meanwhile, it stays there.
 *
 * @param id The control's id; nothing happens where there is none.
 * @param from Ids of controls from which it is taken, too.
 */
export function giveFocus(id: string, from: readonly string[] = []): void {
  const { activeElement: now, body } = document;
  if (!now || now === body || from.includes(now.id)) document.getElementById(id)?.focus();
}
