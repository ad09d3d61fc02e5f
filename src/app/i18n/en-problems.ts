/**
 * What can go wrong and what is worth a note, in British English: what happened, what is kept, what to do
 * next. Part of the table `en`; `problem.ts` knows what goes into which hole.
 */
export const enProblems = {
  'problem.file-unreadable':
    'This file could not be read: it may have been moved, changed or be too large for memory. Choose it again.',
  'problem.file-empty':
    'This file is empty: it may not have been copied or downloaded completely. Try another copy.',
  'problem.file-foreign':
    'This is {kind}, which does not open here: export it as JPEG or PNG, then open that.',
  'problem.file-unknown':
    'This file is not a picture that opens here, whatever its name says: JPEG, PNG, WebP, TIFF, AVIF, HEIC, JPEG XL, GIF and BMP open here.',
  'problem.file-damaged':
    'This {format} file is damaged or cut off and cannot be opened: try another copy of it.',
  'problem.clip.codec':
    'The pictures of this clip are in {codec}, which this browser does not decode: convert it to H.264, or open it in another browser.',
  'problem.clip.browser':
    'This browser decodes no clips on its own: open it in a newer Chrome, Edge, Safari or Firefox.',
  'problem.clip.pictures': 'This file has sound and no pictures: there is nothing to enlarge.',
  'problem.clip.protected':
    'This clip is protected against copying, and opens only in the program that has its key.',
  'problem.clip.hdr':
    'This clip is HDR, whose lights would be lost here: convert it to an ordinary one (SDR), then open that.',
  'problem.file-cut-off':
    'This {format} file is cut off and nothing of it can be shown: try another copy of it.',
  'problem.large-file-undecodable':
    "This {format} file ({width} × {height}) is damaged or too large for this browser's memory: close other tabs, or try a smaller copy.",
  'problem.jpeg-kind-unsupported':
    'This is a rare kind of JPEG (lossless or 12 bit) that browsers cannot open: export it as JPEG or PNG, then open that.',
  'problem.tiff-kind-unsupported':
    'This is a kind of TIFF that does not open here (for a press, a fax or a laboratory, or packed as JPEG): export it as a TIFF of 8 or 16 bits in gray or RGB, or as PNG, then open that.',
  'problem.photo-too-large':
    'This picture is {width} × {height}, that is {megapixels} megapixels, and at most {mostMegapixels} open here: crop it or make it smaller, then open that.',
  'problem.no-memory-to-open':
    'There was not enough memory to open {width} × {height} pixels: close other tabs, or open a smaller picture.',
  'problem.result-too-large':
    '{scale}× would make {megapixels} MP, more than this browser can hold. {fits}× fits.',
  'problem.result-too-large.crop':
    '{scale}× would make {megapixels} MP, more than this browser can hold. Crop or reduce the photo first; nothing has been changed.',
  'problem.result-over-limit':
    'This page takes results of up to {megapixels} megapixels. Choose a smaller size.',
  'problem.side-too-long':
    '{format} holds at most {mostSide} pixels a side, and the result would be {width} × {height}. Your photo is unchanged: choose {others}.',
  'problem.area-too-large':
    'No more than {mostMegapixels} megapixels are written as {format}, and the result would be {width} × {height}. Your photo is unchanged: choose {others}.',
  'problem.no-memory-to-save':
    'There was not enough memory to write {width} × {height} pixels as {format}. The result is kept: close other tabs and save again, or save in another format.',
  'problem.codec-missing':
    'What reads {format} photos could not be loaded: connect to the internet and open the photo again.',
  'problem.encoder-missing':
    'The {format} encoder could not be loaded and this browser has none. The result is kept: save as PNG, or connect to the internet and save again.',
  'problem.catalog-unreadable':
    'The list of models arrived damaged. Your file is unchanged: reload the page, or check whether this network asks you to sign in first.',
  'problem.catalog-wrong':
    'The list of models is damaged ({path} must be {expected}). Your file is unchanged: reload the page to get the list again.',
  'problem.model-not-offered':
    'This site has no model for {task} at {scale}×. Your photo is unchanged: choose another setting.',
  'problem.model-not-runnable':
    'The model “{title}” has no file that this device can run. Your photo is unchanged: choose another setting.',
  'problem.download-failed':
    'What this needs could not be downloaded because the connection failed: check your internet connection and try again. Your photo is still open.',
  'problem.catalog-too-long':
    'The list of models is longer than any such list and was not read. Your file is unchanged: try again, or check whether this network asks you to sign in first.',
  'problem.download-stalled':
    'The download stopped: nothing arrived for {seconds} seconds. Your photo is unchanged: check your internet connection, then try again.',
  'problem.models-not-served':
    'This site does not serve its models just now. Your photo is unchanged: try again later, or choose another setting.',
  'problem.model-altered':
    'The model arrived incomplete or altered and was not used. Your photo is unchanged: try again. If it happens again, a proxy or filter may be changing downloads.',
  'problem.file-altered':
    'A part of this page ({name}) arrived damaged twice and was not used. Your photo is unchanged: reload the page. If it happens again, a proxy or filter may be changing downloads.',
  'problem.other-origin':
    'Something was to be fetched from another site ({host}), which this page never does: nothing was sent there. Your photo is unchanged: reload the page.',
  'problem.model-refused':
    'The model could not be loaded. Your photo is unchanged: try again, or choose another setting.',
  'problem.own-model-damaged':
    'This model’s file is damaged or cut off ({detail}) and was not added: try another copy of it.',
  'problem.own-model-unsafe':
    'This file asks for a program to be run ({asks}), which is never done here, and it was not added. Look for the same model as .safetensors or .onnx.',
  'problem.own-model-too-large':
    'This model’s file is larger than {mostMegabytes} MB and was not added: choose a smaller model.',
  'problem.own-model.file':
    'This is no model that can be added here: those are files of the kinds .onnx, .safetensors and .pth, and .param together with its .bin.',
  'problem.own-model.network':
    'This is a model of the kind {name}, which does not run here, and it was not added. Compact, SPAN, ESRGAN and RealPLKSR do.',
  'problem.own-model.unknown-network':
    'The layout of this model is not known here ({name}), and it was not added. Compact, SPAN, ESRGAN and RealPLKSR are; many others run as .onnx.',
  'problem.own-model.operator':
    'This model has steps that do not run here ({name}), and it was not added: choose another model.',
  'problem.own-model.elsewhere':
    'Part of this model is in another file ({name}), and it was not added: choose .param and .bin together, and look for any other as a single file.',
  'problem.own-model.shape':
    'This model does not make a picture from a picture ({name}), and it was not added: choose another model.',
  'problem.model-without-output':
    'The model gives no result. Your photo is unchanged: choose another setting.',
  'problem.golden-damaged':
    'The test picture of a model is damaged, so the model was not used. Your photo is unchanged: choose another setting.',
  'problem.own-model-missing':
    'This needs your model “{title}”, which is not on this device (SHA-256 {sha256}). Your photo is unchanged: add its file under “Kept offline”, or choose another model.',
  'problem.own-unfit.run':
    'This model fails already with a small picture, and was not added: choose another model.',
  'problem.own-unfit.planes':
    'This model does not make a colour picture of a colour picture, and was not added: choose another model.',
  'problem.own-unfit.scale':
    'This model enlarges by none of 1×, 2×, 3×, 4× and 8×, and was not added: choose another model.',
  'problem.own-unfit.multiple':
    'This model takes only pictures of certain sizes, which no photo can be cut into, and was not added: choose another model.',
  'problem.own-unfit.not-a-number':
    'This model makes no picture, but values that are no numbers, and was not added: try another copy of it.',
  'problem.own-unfit.black':
    'This model makes a black picture of any other, and was not added: try another copy of it.',
  'problem.own-unfit.constant':
    'This model makes the same flat picture of any other, and was not added: try another copy of it.',
  'problem.own-unfit.unsteady':
    'This model makes something else of the same pixels in another place, so that parts of a photo would not fit together; it was not added: choose another model.',
  'problem.page-insecure':
    'Models cannot be checked on an insecure page. Your photo is unchanged: open this site over https.',
  'problem.storage-full':
    'The browser has no room for it. What was kept before stays: free some space, then try again.',
  'problem.gpu-missing':
    'This browser offers no WebGPU. Your photo is unchanged: remove backend=webgpu, so that the CPU is used.',
  'problem.gpu-lost':
    'The graphics driver stopped. Your photo is unchanged: try again, or restart the browser first.',
  'problem.gpu-memory':
    'The GPU has too little free memory for this photo, which is unchanged: close other tabs and programs, or choose a smaller size.',
  'problem.gpu-refused':
    'The GPU refused the work. Your photo is unchanged: try again, or update the graphics driver.',
  'problem.gpu-picture-damaged':
    'This GPU returned a damaged picture, which was not used. Your photo is unchanged: try again, or update the graphics driver.',
  'problem.network-size-wrong':
    'The network returned a result of another size, which was not used. Your photo is unchanged: choose another setting.',
  'problem.network-not-a-number':
    'The network returned values that are not numbers, which were not used. Your photo is unchanged: choose another setting.',
  'problem.trial-failed':
    'This machine computes a wrong picture, which was not used. Your photo is unchanged: update the graphics driver, or try another browser.',
  'problem.engine-stopped': 'The engine stopped. Your photo is unchanged: try again.',
  'problem.worker-died':
    'The engine stopped, perhaps out of memory. Your photo is unchanged: try again.',
  'problem.photo-missing': 'No photo is open. Open one first.',
  'problem.result-missing': 'There is no result yet. Enhance the photo first.',
  'problem.mask-of-other-photo':
    'The mask was painted for a photo of {width} × {height}. Clear it, or open that photo.',
  'problem.crop-outside-photo':
    'The crop reaches beyond this photo of {width} × {height}. Crop it anew.',
  'problem.damage-everywhere':
    'All of the photo is marked as damaged, and nothing is left to heal it from. Mark less of it.',
  'problem.option-wrong': '{path} must be {expected}.',
  'problem.no-memory':
    'The browser has too little memory for this. Your photo is unchanged: close other tabs or choose a smaller size.',
  'problem.unexpected':
    'Something went wrong that should not have ({cause}). Your photo is unchanged: try again, or reload the page.',

  'foreign.bigtiff': 'a BigTIFF file',
  'foreign.icon': 'an icon file',
  'foreign.jpeg-2000': 'a JPEG 2000 picture',
  'foreign.pdf': 'a PDF document',
  'foreign.photoshop': 'a Photoshop file',
  'foreign.raw': 'a camera RAW file',
  'foreign.svg': 'an SVG drawing',
  'foreign.video': 'a video',
  'foreign.video-or-unknown': 'a video or an unknown format',
  'foreign.zip': 'a ZIP archive or a document',

  'expected.object': 'an object',
  'expected.list': 'a list',
  'expected.filled-list': 'a list that is not empty',
  'expected.text': 'a text',
  'expected.number': 'a number',
  'expected.boolean': 'true or false',
  'expected.sha256': '64 lower-case hexadecimal digits',
  'expected.unique': 'unique',
  'expected.keeping-size': 'steps that keep the size',
  'expected.colour': 'a colour such as “#8fb8e0”, or null',
  'expected.pairs': 'x and y in turn',
  'expected.path-below': 'a path below the catalogue',
  'expected.url': 'a URL of http or https, without a password',
  'expected.file': 'a File or a Blob',
  'expected.function': 'a function',
  'expected.abort-signal': 'an AbortSignal',
  'expected.writable': 'a WritableStream that is not locked',
  'expected.oneOf': '{choices}',
  'expected.names': 'one of {names}',
  'expected.range': 'a number from {least} to {most}',
  'expected.wholeRange': 'a whole number from {least} to {most}',
  'expected.bytes': 'a Uint8Array of {bytes} values',
  'expected.wholeFrom': 'a whole number of at least {least}',
  'expected.mostItems': 'a list of at most {most}',
  'expected.before': 'before “{other}”',
  'expected.equalTo': 'left out, or equal to {other} ({value})',

  'note.first-frame': 'Only the first of its frames or pictures was opened.',
  'note.cut-off': 'This file is cut off or damaged: what could be read is shown.',
  'note.depth-lost': 'It has more than 8 bits a sample, of which 8 could be read.',
  'note.colours-converted': 'Its colours were converted to sRGB.',
  'note.metadata-broken':
    'Its {parts} data is damaged and will not be in the result. The picture itself is whole.',
  'note.gain-map-kept':
    'Its HDR gain map goes into a JPEG, enlarged with it; not into other formats, nor where light or colours are changed.',
  'note.gain-map-dropped': 'Its HDR gain map will not be in the result.',
  'note.gain-map-lost': 'Its HDR gain map could not be carried over: this file is without it.',
  'note.model-not-kept':
    'A model could not be kept for offline use: it will be downloaded again when it is next needed.',
  'note.pattern-missing': 'No pattern of paper or print was found: nothing was taken out.',
  'note.speech.decoder':
    'The sound in {codec} stays as it was: this browser does not decode it, so its speech cannot be cleaned.',
  'note.speech.encoder':
    'The sound in {codec} stays as it was: this browser encodes none for this kind of file, so its speech cannot be cleaned.',
  'note.sound-converted':
    'The sound in {codec} is not held by this kind of file: it was encoded anew in {to}.',
  'note.left-out.decoder':
    'The sound in {codec} was left out: this kind of file does not hold it, and this browser does not decode it.',
  'note.left-out.encoder':
    'The sound in {codec} was left out: this kind of file does not hold it, and this browser encodes no other for it.',
  'note.text-left-out.subtitles':
    'The subtitles were left out: they cannot be read here, or this kind of file does not hold them as they are.',
  'note.text-left-out.chapters':
    'The chapters were left out: they cannot be read here, or this kind of file does not hold them as they are.',
  'note.text-left-out.metadata':
    "Some of the clip's metadata was left out: this kind of file does not hold it.",
  'note.shake-taken-back': 'The camera shook over about {pixels} pixels: that was taken back.',
  'note.recovered': '{cause} {measure}',
  'cause.memory': 'There was too little memory.',
  'cause.device': 'The graphics driver stopped.',
  'cause.picture': 'This machine computed a wrong picture.',
  'cause.work': 'The GPU refused the work.',
  'cause.model': 'The model could not be loaded.',
  'cause.engine': 'The engine stopped.',
  'measure.tile': 'Smaller tiles were used from there on.',
  'measure.device': 'The GPU was started again, and the work went on.',
  'measure.worker': 'The engine was started again, and the work went on.',
  'measure.precision': 'Full precision was used instead of half.',
  'measure.runtime': 'Another runtime was used in its place.',
  'measure.cpu': 'The CPU did the rest.',
  'measure.cpu-anew': 'The CPU did the work.',
} as const;
