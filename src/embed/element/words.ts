/** The few words outside the frame, in British English. */
export const words = {
  own: 'Enhance a photo',
  given: 'Enhance this photo',
  loading: 'Loading…',
  again: 'Try again',
  frame: 'Photo enhancer',
  removed: 'The widget or photo was taken away.',
  attribute: (name: string) => `The attribute ${name} makes no sense: its default counts.`,
};
