/** Parts of a photo side by side: a file of `public/guide`, and what each part shows. */
type GuidePicture = { readonly file: string; readonly parts: readonly string[] };

/**
 * A paragraph, what may be asked for that it tells of, a control of the recipe by its task and name, or another, and
 * a picture of it.
 */
type GuideText =
  string | { readonly about?: string; readonly text: string; readonly picture?: GuidePicture };

/** A part of the guide: what it is about, and what there is to say. */
type GuidePart = { readonly title: string; readonly texts: readonly GuideText[] };

/** The guide, in British English: `docs/guide.md` has the same words. It comes when it is first opened. */
export const enGuide = [
  {
    title: 'What this can do, and what nothing can',
    texts: [
      'A small neural network looks at each part of your photo and draws it larger, cleaner or sharper. Faithful networks draw what is there. Crisp ones also guess what edges and texture may have looked like, from other photos that they have learnt from.',
      {
        text: 'Detail that a photo does not have cannot be brought back. What looks like it was guessed: a letter, a number plate, a face, a pattern may come out sharp and wrong. The smaller the original, the more is guessed.',
        picture: {
          file: 'letters.webp',
          parts: [
            'A small scan',
            'Enlarged crisply: Shuila Bainus',
            'The page itself: Sheila Baines',
          ],
        },
      },
    ],
  },
  {
    title: 'When not to use it',
    texts: [
      'Not as evidence, and not to tell who or what somebody or something is: a guess proves nothing. Not for medicine, measurement or science: what matters there may be what a network has smoothed away or made up. Say that a picture was enhanced where somebody may rely on it; “Mark as enhanced” writes it into the file.',
    ],
  },
  {
    title: 'Recipe',
    texts: [
      {
        about: 'preset',
        text: 'Preset: what the photo is of. Photo answers what was measured in it. Portrait is lighter on skin; Text guesses no edges and leaves patterns alone, since letters of one width lie in a grid as well; Old photo crops a scan to its print, heals what is plainly damaged, takes out the paper’s pattern, brings colours back, cleans gently and guesses texture, each as far as it was found, and lists what that is; Art keeps grain; Render takes its noise away; Texture still tiles afterwards.',
      },
      {
        about: 'alternatives',
        text: 'Gentle, Auto and More: less than the photo calls for, as much, and more, each shown on one spot of your photo before anything is done.',
      },
      {
        about: 'crop',
        text: 'Crop: what of the photo is worked on, and which way up. Drag the frame, its edges and corners, or move them by arrow keys; hold it to a shape; turn and flip, which keep every pixel; straighten, which draws each pixel anew and leaves no empty corners. It comes before everything else, so a run takes less time, and the file stays as it is: Crop shows the whole photo again.',
      },
      { about: 'upscale.scale', text: 'Enlarge: how many times as wide and as high.' },
      {
        about: 'size',
        text: 'Another size: pixels, megapixels or a print; it is reached by the nearest enlargement and then resampled. A link can ask for one: behind ?size= stands 3000w, 1.5x, 24mp or 30cm.',
      },
      {
        about: 'upscale.variant',
        text: 'Picture: Faithful draws what is there, and suits clean originals. Crisp guesses, and suits pictures from the web or a phone.',
        picture: {
          file: 'picture.webp',
          parts: ['A small JPEG', 'Enlarged faithfully', 'Enlarged crisply'],
        },
      },
      {
        about: 'heal',
        text: 'Heal damage: scratches, dust and stains are looked for and marked on the picture; what is marked is filled from what is around it, before anything else is done. Look at the marks before you enhance: a wire, a hair or a light may be taken for damage, and faint damage is missed. Mark damage paints more of them, or paints them out. What is not marked stays as it is. What is filled in is a guess: across a face, mark as little as you can.',
        picture: {
          file: 'heal.webp',
          parts: ['A scratched print, drawn', 'Healed, sensitivity 85 %'],
        },
      },
      {
        about: 'heal.sensitivity',
        text: 'Damage sensitivity: how likely it must be that something is damage. More finds fainter damage, and marks more of what only looks like it; what you have painted stays.',
      },
      {
        about: 'tone',
        text: 'White balance and light: how bright the photo is, its shadows and highlights, and which of its colours is gray, set before anything else is done. Pick a neutral point and press on something gray or white; temperature and tint do the same by hand. Auto balance estimates the light from what is brightest and from edges: right more often than not where a picture has a cast, and wrong where what it shows is of one colour. Where a cast is plain it is told, and never taken away unasked. Exposure under Finish is for afterwards, and needs no other run. Invert a negative makes a positive of scanned film, each channel stretched between the clear film and its densest part, without the holder round it: near enough to go on from, with white balance and brightness; colour film is told by its orange, a grey negative only by you.',
      },
      {
        about: 'clean.noise',
        text: 'Noise: how much grain is removed. Too much takes texture with it.',
        picture: {
          file: 'noise.webp',
          parts: ['A noisy photo', 'Cleaned, Strength 60 %', 'Strength 100 %'],
        },
      },
      {
        about: 'clean.jpeg',
        text: 'JPEG: how much of the blocks and ringing of strong compression is removed.',
        picture: { file: 'jpeg.webp', parts: ['A JPEG of quality 15', 'Cleaned'] },
      },
      {
        about: 'deblur.amount',
        text: 'Deblur: how much of a sharpened picture is mixed in; a shake of the camera is looked for and taken back. Too much looks hard.',
        picture: { file: 'deblur.webp', parts: ['Moved by seven pixels', 'Taken back'] },
      },
      {
        about: 'pattern',
        text: 'Remove pattern: the honeycomb of silk paper, the weave of canvas and the dots of a print repeat all over a picture; what repeats so is taken out, before any network sharpens it. It is suggested where two such waves cross. A photo of cloth that fills the picture looks the same: leave it off there.',
        picture: { file: 'pattern.webp', parts: ['Silk paper, drawn', 'Taken out'] },
      },
      {
        about: 'pattern.amount',
        text: 'How much of it: less leaves some of the paper.',
      },
      {
        about: 'colours',
        text: 'Bring colours back: the dyes of a print fade, each at its own pace, until black is gray and white is yellow or pink. What the darkest and the brightest parts have become tells how far, without the paper round a print; it is undone before any network sees the photo. It is suggested for colour prints where black is clearly gray and white clearly has a colour. Fog and evening light look alike: leave it off there.',
      },
      {
        about: 'colours.cast',
        text: 'Cast: how much of the colour that black and white have got is taken off.',
      },
      {
        about: 'colours.contrast',
        text: 'Lost contrast: how far black and white are brought apart again.',
      },
      {
        about: 'colours.even',
        text: 'Unevenness: how much of what has faded at one side, or of the dark that a lens left at the edges, is made even. Edges of a photo grow brighter as often as darker towards a side; what is left over is what fading and lens have added. What is dark at an edge may be so in the photo: nothing is made even unless you ask for it.',
      },
      {
        about: 'upscale.tier',
        text: 'Effort: a better network takes longer. As it fits lets the speed of your machine decide.',
      },
      {
        about: 'upscale.own',
        text: 'Model: networks of other people, which you have brought yourself: “Add a model” under Kept offline, or drop the file on the page. It stays on this device. One that enlarges takes the place of this site’s, and its result is brought to the size that you want; one that keeps the size works before, or after enlarging where you say so. What it makes of a photo is its makers’ business: look closer before you rely on it.',
      },
    ],
  },
  {
    title: 'Finish',
    texts: [
      'All of this moves live after a run, and is what Save writes.',
      {
        about: 'strength',
        text: 'Strength: how much of the networks’ work is seen. It begins at 60 % where a photo is cleaned or sharpened, since all of that often looks like plastic, and at 100 % where it is enlarged. What is healed, the pattern that is taken out and colours that are brought back stay at any Strength, and so they do under a mask.',
      },
      { about: 'grain', text: 'Grain: like film; hides what looks too smooth.' },
      { about: 'sharpen', text: 'Sharpen: steeper edges, without halos.' },
      {
        about: 'luminance',
        text: 'Luminance only: brightness from the result, colour from the original.',
      },
      {
        about: 'keepColours',
        text: 'Keep colours: large areas keep the colours of the original.',
      },
      {
        about: 'light',
        text: 'Light and colour: exposure in stops, contrast, warmth, saturation; vibrance is saturation for faint colours most. Black and white leaves no colour; tones tint shadows and highlights, cold or warm; Sepia, Selenium and Cyanotype are such tones of a black and white picture, as prints had them.',
      },
      {
        about: 'faces',
        text: 'Faces: Find faces lists where there are any. In each that is ticked Strength and Sharpen do less, at first 60 % of it, in an ellipse with a soft edge, so that more of the original and of its grain stays. No face is recognised, compared or kept: the search is done on your machine, and for where one is alone. Faces seen from the side, in shadow or under helmets are often missed, and what resembles a face may be listed; the brush protects what is not.',
      },
      { about: 'brush', text: 'Brush: paints where the effect is to be seen, and where not.' },
      {
        about: 'tint',
        text: 'Tint: colours a grey or faded photo from short lines that you draw. Each colour spreads up to the edges of what it lies on, and brightness stays as it is. Where a colour goes too far, draw another there, or No colour, which holds a place grey; the eraser takes lines away. Under Black and white the photo’s own colours go and these stay. Strength does not change them. Colours are a guess, not history: nobody knows from a grey photo what was blue or brown.',
      },
      {
        about: 'review',
        text: 'Review: lists where the result shows what the photo does not, and brings the original back there.',
      },
      'Undo and Redo take back and repeat; History lists every step, and goes to any. A double click on a control, or Delete, sets it back to what it began with; Reset all does so with everything.',
    ],
  },
  {
    title: 'Many photos',
    texts: [
      'Open several files, a folder or a ZIP, or drop them: they stand in a strip below the photo. Enhance all does one after the other, each as suits it; set the photo on the stage as you like it and choose “As set now” to treat all alike. What you crop, mark or paint on one of them is done to that one alone, also by Enhance all. Pause, Skip and Retry failed do what they say; a broken file stops none of the others. Its fault, and what was done to each photo, stand under Options and in the report. Clips stand among them, with their length: each gets what its pictures call for, as under Film where it is opened by itself. Pause stops a clip in its middle, Resume goes on from there.',
      'Results wait here until Save all packs them into one ZIP. Better for many: under Options choose a folder, into which each goes as it is done, in its subfolder, and never over a file that is there.',
      'After a reload, a crash or a closed tab the first page offers to go on; what is done is not done again. A folder that you drop is found again also on another day: for that the browser keeps the names of your files until the queue is done. Files from the file picker can only be kept as long as the tab, encrypted, and up to 1 GB; choose larger ones once more.',
    ],
  },
  {
    title: 'Clips',
    texts: [
      'Open a clip (MP4, MOV, WebM, MKV) as you open a photo. Recipe, crop and loupe are set on its first picture. Under Film, From and To choose the stretch, Play two seconds shows the result beside the original, and Enhance makes all of it, picture by picture: without a GPU a second or more for each. Cancel keeps what is done as a clip that plays. Sounds are copied as they are unless you clean them; so are subtitles, chapters and what the clip says of itself (title, date, place, camera: Keep metadata and Remove place and serial numbers decide on that), and where they cannot be, that is said; HDR is refused.',
      'Deflicker is for lamps, shutters and worn film: more than nine tenths of a flicker go, also where it rolls over a moving picture; fades and cuts stay. Steady detail is for noise and for detail that each picture was given anew: from one picture of a pan to the next a little over a third of the difference is left. Frame rate puts pictures between, for slow motion and smooth pans; where it is not sure it repeats the one before. Clean speech takes hiss, hum and wind from behind voices, music too: leave it off for concerts. The sound is then encoded anew, and stays in step. Deband smooths skies and walls that compression left in steps.',
      {
        about: 'film.quality',
        text: 'Quality: how many bits a clip takes. Looks the same gives so many that little is lost; Smaller takes 40 to 75 % of them, and noise, water and leaves soften first. Custom is a bit rate of your own, for a limit that a site or a chat has: Mbit/s of the pictures, which easy pictures may not need. Where two seconds were played, time, size and bit rate of the whole are told before Enhance.',
      },
      'What a clip needs is told by eleven pictures from all over the stretch, and by a second of light at three places. Noise and blocks that at least seven of ten pictures have are cleaned, and Steady detail takes out what of them still differs from picture to picture; light that swings by 2 % or more gets Deflicker, and skies in steps get Deband. Flicker of 6 and 7 % was read to within one point in tests, noise of 20 levels to within 4. Where pictures disagree nothing is suggested; Frame rate and Clean speech are up to you. Noise that the camera’s compression has already smeared is not found.',
      'Save into a file, for a long clip: choose the file before Enhance, and the clip is written into it as it is made; then nothing is left to save. What lies in that file stays until the clip is done. If its disk is full or the browser may no longer write, the clip is kept here instead, and nothing is lost. If there is no room here either, it ends early: save what is done, make room, and Enhance goes on from there. Firefox and Safari do not offer it: there Save writes the clip once it is done.',
    ],
  },
  {
    title: 'Looking',
    texts: [
      'Loupe: what the present settings would make of a part, before a run. Compare: original and result side by side, or the result alone. To see the original for a moment, press on the photo and stay there, or hold the space bar. Look closer: what a run has changed most, at its own size. On most photos little is seen from afar; look at 100 %.',
    ],
  },
  {
    title: 'What stays with you',
    texts: [
      'Nothing is uploaded: the networks come to your photo, not your photo to them. There are no cookies and no counters, and the page works without a network. “Kept offline” shows what is kept on your machine, and deletes it. The photo that is open is kept encrypted, for a reload or a crash, as long as its tab.',
      'Your file is never changed unless you choose “Save over the original”. Save writes a copy.',
    ],
  },
] as const satisfies readonly GuidePart[];
