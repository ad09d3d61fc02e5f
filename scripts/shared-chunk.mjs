import { join } from 'node:path';
import { root } from './install.mjs';

/**
 * Names the chunk of a module: what some entries all load at once is one file, where the bundler would split it by
 * which later parts share what, and each piece compresses on its own.
 *
 * @param {string} name The chunk's.
 * @param {readonly string[]} entries Names of html files and modules, from the root.
 * @returns {import('rolldown').CodeSplittingNameFunction} For a group of `codeSplitting.groups`; an earlier one takes first.
 */
export function nameShared(name, entries) {
  /** @type {Set<string> | undefined} */
  let shared;
  return (id, context) => {
    shared ??= entries
      .map((entry) => followImports(join(root, entry), context))
      .reduce((both, next) => new Set([...both].filter((each) => next.has(each))));
    return shared.has(id) ? name : null;
  };
}

/**
 * @param {string} entry Id of a module.
 * @param {import('rolldown').ChunkingContext} context Knows all modules.
 * @returns {Set<string>} It, and all that it imports statically, directly or not.
 */
function followImports(entry, context) {
  const found = new Set([entry]);
  for (const id of found)
    for (const next of context.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
