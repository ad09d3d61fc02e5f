import { expose, transfer } from 'comlink';
import { PhotoOwner } from './photo-owner';
import type { Owner, JobProgress } from '../protocol';

const enhancer = new PhotoOwner();

/** The enhancer with bitmaps moved to the page instead of copied. */
const surface: Owner = {
  init: (options) => enhancer.init(options),
  async open(file) {
    const reply = await enhancer.open(file);
    return reply.ok ? transfer(reply, [reply.value.preview]) : reply;
  },
  findShake: () => enhancer.findShake(),
  offers: () => enhancer.offers(),
  plan: (recipe) => enhancer.plan(recipe),
  rehearse: (recipe) => enhancer.rehearse(recipe),
  enhance: (recipe, centre, onProgress) =>
    enhancer.enhance(recipe, centre, (progress: JobProgress) => {
      const bitmap = progress.patch?.bitmap;
      onProgress(bitmap ? transfer(progress, [bitmap]) : progress);
    }),
  cancel: () => enhancer.cancel(),
  async view(request) {
    const reply = await enhancer.view(request);
    return reply.ok ? transfer(reply, [reply.value.bitmap]) : reply;
  },
  drift: () => enhancer.drift(),
  save: (options) => enhancer.save(options),
};

expose(surface);
