import { expose, transfer } from 'comlink';
import { receiveFiles } from '../../integrity/late-scripts';
import { allowOwnScripts } from '../../integrity/own-scripts';
import type { Reply } from '../../core/errors';
import type { ClipOutlet } from '../clip-request';
import { PhotoOwner } from './photo-owner';
import type { Owner, ViewPart } from '../protocol';
import type { JobProgress } from '../reports';

allowOwnScripts();
receiveFiles();

const enhancer = new PhotoOwner();

/** The enhancer with bitmaps moved to the page instead of copied. */
const surface: Owner = {
  init: (options) => enhancer.init(options),
  async open(file, options, onDownload) {
    const reply = await enhancer.open(file, options, onDownload);
    return reply.ok ? transfer(reply, [reply.value.preview]) : reply;
  },
  close: (photo) => enhancer.close(photo),
  async lay(photo, basis) {
    const reply = await enhancer.lay(photo, basis);
    return reply.ok ? transfer(reply, [reply.value.preview]) : reply;
  },
  async uncropped(photo) {
    const reply = await enhancer.uncropped(photo);
    return reply.ok ? transfer(reply, [reply.value]) : reply;
  },
  findShake: (photo) => enhancer.findShake(photo),
  async findDamage(photo, sensitivity, onShare) {
    const reply = await enhancer.findDamage(photo, sensitivity, onShare);
    return reply.ok ? transfer(reply, [reply.value.values.buffer]) : reply;
  },
  findFaces: (photo) => enhancer.findFaces(photo),
  offers: () => enhancer.offers(),
  addModel: (source, about) => enhancer.addModel(source, about),
  stopAdding: () => enhancer.stopAdding(),
  plan: (photo, recipe) => enhancer.plan(photo, recipe),
  rehearse: (photo, recipe) => enhancer.rehearse(photo, recipe),
  enhance: (photo, recipe, centre, onProgress) =>
    enhancer.enhance(photo, recipe, centre, (progress: JobProgress) => {
      const bitmap = progress.patch?.bitmap;
      onProgress(bitmap ? transfer(progress, [bitmap]) : progress);
    }),
  enhanceClip: (photo, request, onProgress, outlet) =>
    enhancer.enhanceClip(photo, request, onProgress, outlet && movedInto(outlet)),
  async clipPicture(photo, seconds, basis) {
    const reply = await enhancer.clipPicture(photo, seconds, basis);
    if (!reply.ok) return reply;
    const { preview, made } = reply.value;
    return transfer(reply, made ? [preview, made.preview] : [preview]);
  },
  clipFindings: (photo, stretch) => enhancer.clipFindings(photo, stretch),
  clipStrip: (photo, wish, onPicture) =>
    enhancer.clipStrip(photo, wish, (thumbnail) =>
      onPicture(transfer(thumbnail, [thumbnail.bitmap])),
    ),
  async loupe(photo, request) {
    const reply = await enhancer.loupe(photo, request);
    return reply.ok ? transfer(reply, [reply.value.bitmap, reply.value.plain]) : reply;
  },
  cancel: (photo, which) => enhancer.cancel(photo, which),
  view: async (photo, request) => giveBitmap(await enhancer.view(photo, request)),
  drift: (photo) => enhancer.drift(photo),
  tint: (photo, tint) => enhancer.tint(photo, tint),
  review: (photo, noise) => enhancer.review(photo, noise),
  save: (photo, options) => enhancer.save(photo, options),
  estimate: (photo, options) => enhancer.estimate(photo, options),
};

/** Of a part that is a window on a larger buffer, that alone. */
function movedInto(outlet: ClipOutlet): ClipOutlet {
  return (data, position) => {
    const part = data.slice();
    return outlet(transfer(part, [part.buffer]), position);
  };
}

function giveBitmap(reply: Reply<ViewPart>): Reply<ViewPart> {
  return reply.ok ? transfer(reply, [reply.value.bitmap]) : reply;
}

expose(surface);
