/** The words of the frame in other sites' pages, in British English, beside those of `en.ts`. */
export const enFrame = {
  'embed.title': 'Photo enhancer',
  'embed.alone':
    'This page is made to be shown inside other sites. To enhance photos here, open Enlarger itself.',
  'embed.open': 'Open Enlarger',
  'embed.other': 'Open another photo',
  'embed.adjust': 'Adjust',
  'embed.dropHere': 'or drop it here, or paste it',
  'embed.proof': 'Runs on your device. The result goes to {host} and nowhere else.',
  'embed.proofOwn':
    'Runs on your device. When you press Enhance, {host} gets the result, its name and size; before that, nothing.',
  'embed.dropMany': 'or drop them here, or paste them',
  'embed.several': 'Photo {place} of {count}. One press on Enhance is for all that are left.',
  'embed.proofMany':
    'Runs on your device. When you press Enhance, {host} gets the results of all photos that are left, their names and sizes; before that, nothing.',
  'embed.leftOut': '{name} was left out. {reason}',
  'embed.unheard':
    'That press did not count: the button must be in full view, with nothing over it, for half a second. Then press it again.',
  'embed.withheld':
    'This is all but your photo itself, so it was not given to {host}. You can still save it.',
  'embed.original':
    'At 1× the result is all but the photo itself, which a visitor’s own photo is never given as.',
  'embed.ownStrength': 'options.strength is the visitor’s to set, for a photo of their own.',
  'embed.ownFinish': 'recipe.finish is the visitor’s to set, for a photo of their own.',
  'embed.badAccent': 'accent must be one opaque colour, without variables: the default counts.',
  'embed.badRadius': 'radius must be a length from 0 to {mostRadius}px: the default counts.',
  'embed.asks': '{host} would like to enhance this photo on your device.',
  'embed.download': 'First run: downloads {size}, and the engine of up to {engine}, once.',
  'embed.engine': 'The first run may load the engine, up to {engine}.',
  'embed.waiting': 'Waiting for another photo on this page…',
  'embed.busy': 'Something else is going on. Wait for it to end, or cancel it.',
  'embed.model.site': 'The enhancer’s own',
  'embed.model.get': 'Download {name}, {size}',
  'embed.model.told': 'Models of {host}. They are kept in this browser, for {host} alone.',
  'embed.model.coming': 'Downloading {name}: {done} of {size}',
  'embed.model.broken':
    '{name} did not arrive whole from {host}, and nothing of it was kept. Try again.',
  'embed.model.more': '{host} sent more of {name} than it had said, and nothing of it was kept.',
  'embed.model.unsized':
    '{name} says no size, is of another origin, or is larger than {most}: visitors are not offered it.',
} as const;
