/** What the page says before a photo is opened, in British English. Part of the table `en`; only this comes with the page. */
export const enPage = {
  'app.name': 'Enlarger',
  'open.button': 'Open photo',
  'open.folder': 'Open folder',
  'open.opening': 'Opening {name}…',
  'open.notFile':
    'What you dropped is not a file. Save the picture first, then drop the file here.',
  'open.unreadable': 'The file could not be read. It may have been moved: use Open photo.',
  'open.noSample': 'The sample could not be loaded. Open a photo of your own.',
  'empty.title': 'Make a photo larger, on your own machine.',
  'empty.drop': 'or drop it anywhere, or paste it',
  'empty.sample': 'Try a sample',
  'empty.proof': 'Works offline. Nothing is uploaded: look at your network panel.',
  'empty.before': 'Before',
  'empty.after': 'Enlarged 4×',
  'empty.picture':
    'A part of a small JPEG of a cat’s face: on the left blurred and blotchy, on the right, as it was enlarged here, clear.',
  'empty.can':
    'Small neural networks on your GPU, or on the CPU where there is none. Colour profiles, 16 bits and transparency stay; your file is never changed unasked.',
  'session.kept': '{name} was open here.',
  'session.resume': 'Open it again',
  'session.forget': 'Forget it',
  'session.many': {
    one: '{count} photo was here, {done} done.',
    other: '{count} photos were here, {done} done.',
  },
  'session.goOn': { one: 'Go on with {count} photo', other: 'Go on with {count} photos' },
  'session.forgetMany': 'Forget them',
  'session.clip': '{name} was being enhanced here.',
  'session.clipOn': 'Go on with it',
  'session.clipChoose': 'Choose it again and go on',
  'session.clipOther': 'That is another file. Choose {name} to go on with it.',
  'session.damaged':
    'The photo that was open here could not be read again. Your file itself is unchanged: open it once more.',
  'share.large':
    'What was shared is larger than 300 MB and was not kept. Share a smaller copy, or use Open photo.',
  'share.empty': 'What was shared holds no picture. Share a photo, or use Open photo.',
  'share.failed': 'The shared photo could not be kept, perhaps for lack of space. Use Open photo.',
  'share.gone': 'The shared photo is not here any more. Share it again, or use Open photo.',
  'paste.press': 'To paste the picture, press Ctrl+V (⌘V on a Mac).',
  'paste.empty': 'The clipboard holds no picture. Copy one first, then paste it here.',
  'drop.overlay': 'Drop to open',
  'room.failed':
    'A part of this page could not be loaded. Your file is unchanged: reload the page, then open it again.',
  'fault.dismiss': 'Dismiss',
  'fault.retry': 'Retry',
  'more.button': 'More',
  'guide.button': 'Guide',
  'guide.more': 'What it can and cannot do',
  'help.button': 'Keyboard shortcuts',
  'install.button': 'Install',
  'language.name': 'Language',
  'language.failed':
    'This language could not be loaded: connect to the internet, then choose it again.',
  'framed.refused':
    'Enlarger does not run inside another site, which could guide your presses. Nothing was loaded or kept.',
  'framed.open': 'Open Enlarger by itself',
  'storage.denied':
    'This browser keeps nothing for this site: cookies or site data are blocked. Everything works, but what is loaded is loaded again at each visit.',
  'shelf.button': 'Kept offline',
  'update.ready': 'A new version is ready.',
  'update.replaced': 'This page was updated in another tab.',
  'update.notes': 'What is new',
  'update.closes': 'Reloading closes the photo: save first what you want to keep.',
  'update.waits': 'You can reload once the work is done.',
  'update.reload': 'Reload',
  'update.later': 'Later',
} as const;
