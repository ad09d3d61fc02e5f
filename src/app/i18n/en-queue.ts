/** What is said of many photos, in British English; comes with the second photo. */
export const enQueue = {
  'queue.name': 'Photos',
  'queue.list':
    'Photos: arrow keys to go through them, Enter to open one, Alt and arrow keys to move one',
  'queue.enhance': 'Enhance all',
  'queue.size': 'about {size}',
  'queue.sizeHere':
    'The results still to come will take about {size}, and as much again while they are packed. Here {free} are free.',
  'queue.sizeFolder':
    'The results still to come will take about {size}. No browser tells how much room {folder} has: have a look before.',
  'queue.sizeUnknown':
    'The results still to come will take about {size}, and as much again while they are packed. This browser does not tell how much room it has.',
  'queue.noRoom':
    'Not begun: the results and the ZIP file of them would need about {size} here, and {free} are free. Save into a folder (Options), ask for a smaller size, or take photos out. That is an estimate: Resume begins all the same.',
  'queue.pause': 'Pause',
  'queue.resume': 'Resume',
  'queue.skip': 'Skip',
  'queue.save': 'Save all',
  'queue.retry': 'Retry failed',
  'queue.more': 'Options',
  'queue.progress': 'Photos done',
  'queue.title': 'Many photos',
  'queue.pattern': 'Name of each result',
  'queue.patternHint': '{parts} are filled in. {from} becomes {to}.',
  'queue.folder': 'Save into a folder',
  'queue.folderOther': 'Another folder',
  'queue.folderIs':
    'Results go into {folder} as they are done, in the same subfolders. No file that is there is written over.',
  'queue.folderNone':
    'Results are kept here until Save all packs them into one ZIP file. In a folder they are safe as they are done.',
  'queue.folderCannot':
    'Results are kept here until Save all packs them into one ZIP file: this browser writes into no folder.',
  'queue.skipsDone': 'Leave out what lies in the folder already',
  'queue.report': 'Report',
  'queue.csv': 'Save the report (CSV)',
  'queue.file': 'File',
  'queue.state': 'State',
  'queue.seconds': 'Seconds',
  'queue.saveOne': 'Save {name}',
  'queue.removeOne': 'Take {name} out of the list',
  'queue.removeAll': 'Empty the list',
  'queue.moreRows': {
    one: 'And {count} more, which the saved report has.',
    other: 'And {count} more, which the saved report has.',
  },
  'csv.file': 'file',
  'csv.state': 'state',
  'csv.result': 'result',
  'csv.width': 'width',
  'csv.height': 'height',
  'csv.bytes': 'bytes',
  'csv.seconds': 'seconds',
  'csv.where': 'ran on',
  'csv.did': 'what was done',
  'csv.notes': 'notes',
  'csv.fault': 'fault',
  'queue.fit': 'For all',
  'queue.fitEach': 'What suits each',
  'queue.fitPreset': '{preset}, fitted to each',
  'queue.fitSame': 'As set now',
  'queue.fitHeld': 'As set for {name}',
  'queue.earlier': 'Move {name} one place earlier',
  'queue.later': 'Move {name} one place later',
  'queue.moved': '{name} is number {place} of {total} now.',
  'queue.own': 'Only this one',
  'queue.ownHint':
    'What is set now is for this photo alone. Press again, and it gets what all get. Its crop, its marks and what is painted on it are its own in any case.',
  'queue.hasOwn': 'set by itself',
  'queue.hasRetouch': 'cropped or painted on by hand',
  'queue.hasFilm': 'its own settings under Film',
  'queue.ready': {
    one: '{count} photo, {size}.',
    other: '{count} photos, {size}.',
  },
  'queue.readyClips': {
    one: '{count} file, {clips} of them clips, {size}.',
    other: '{count} files, {clips} of them clips, {size}.',
  },
  'queue.status': '{done} of {total} done, {failed} failed',
  'queue.skipped': { one: ', {count} left out', other: ', {count} left out' },
  'queue.sentence': '{said}.',
  'queue.left': '{time} left.',
  'queue.ended': 'Finished.',
  'queue.unwritten': {
    one: '{count} result could not be written into the folder: press Save all.',
    other: '{count} results could not be written into the folder: press Save all.',
  },
  'queue.pausing': 'Pausing after {name}.',
  'queue.paused': 'Paused.',
  'queue.saving': {
    one: 'Packing {count} photo…',
    other: 'Packing {count} photos…',
  },
  'queue.saved': '{name} saved, {size}.',
  'queue.wrote': {
    one: '{count} photo written into {folder}.',
    other: '{count} photos written into {folder}.',
  },
  'queue.saveFailed':
    'The photos could not be packed into one file, perhaps for lack of space on the disk. They are still here: choose a folder in Options, or save them one by one.',
  'queue.others': {
    one: '{count} file is no photo and no clip, and was left out.',
    other: '{count} files are no photos and no clips, and were left out.',
  },
  'queue.unread': '{names} could not be read. The other photos are here.',
  'queue.locked': {
    one: '{count} photo of an archive wants a password, and was left out: unpack it first.',
    other: '{count} photos of archives want a password, and were left out: unpack them first.',
  },
  'queue.unreadMany': {
    one: '{count} file or folder could not be read. The other photos are here.',
    other: '{count} files or folders could not be read. The other photos are here.',
  },
  'queue.none':
    'No photo and no clip was found in it. Choose a folder that has some, or open them one by one.',
  'queue.reading': 'Looking for photos…',
  'queue.copied': 'Nothing to do: the file as it is.',
  'queue.there': 'Left out: {path} is there already.',
  'queue.keptHere':
    'It could not be written into {folder} and is kept here: press Save all, or save it by itself.',
  'queue.unreadable':
    'Paused: the browser may not read {folder} any more. What was done is safe. Press Resume, and allow it again.',
  'queue.gone': 'Its file is not there any more, or may not be read. Add it again.',
  'queue.retouchLost':
    'Its crop, its marks or what was painted on it could be kept no longer. Open it and do that again, or press Retry failed to have it without.',
  'queue.lost': 'After a reload the browser gives no access to it. Add it again.',
  'queue.lostMany': {
    one: '{count} photo must be added again: after a reload the browser gives no access to it. What is done is not done again.',
    other:
      '{count} photos must be added again: after a reload the browser gives no access to them. What is done is not done again.',
  },
  'queue.partial':
    'Not all of these files could be kept for a reload. After one, choose them again: what is done is not done again.',
  'queue.lowBattery':
    'Paused: the battery is at {level} %. It goes on as soon as it is being charged, or press Resume to go on all the same.',
  'queue.savesData':
    'Paused: this browser is set to save data, and networks of {size} would have to be loaded. Press Resume to load them.',
  'queue.notify': 'Notify me when it has finished',
  'queue.silenced':
    'The browser does not allow this page to notify you. Its settings for this site can change that.',
  'queue.full':
    'Paused: there is no more room on the disk of {folder}. What was done is kept here. Make room and press Resume, or Save all.',
  'queue.refused':
    'Paused: the browser may not write into {folder} any more. What was done is kept here. Choose the folder again in Options, or Save all.',
  'queue.folderGone':
    'Paused: the folder {folder} is not there any more. What was done is kept here. Choose another in Options, or Save all.',
  'queue.folderFailed':
    'Paused: a file could not be written into {folder}. What was done is kept here. Press Resume to try again, or Save all.',
  'state.waiting': 'waiting',
  'state.opening': 'opening',
  'state.running': 'being enhanced',
  'state.saving': 'being written',
  'state.done': 'done',
  'state.failed': 'failed',
  'state.skipped': 'left out',
  'state.gone': 'gone',
} as const;
