/**
 * `npm run manifest`: writes custom-elements.json, the description of the embed element that editors
 * read (Custom Elements Manifest 2.1), from the documentation tags of src/embed/element/element.ts. A test
 * fails where the committed file is not what this writes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { elementFile } from './embed-element.mjs';
import { root } from './install.mjs';

const source = join(root, 'src/embed/element/element.ts');

/** The manifest's file. */
export const manifestFile = join(root, 'custom-elements.json');

/** @param {string} text Of several lines. */
const flat = (text) => text.replace(/\s+/g, ' ').trim();

/**
 * A tag's text, taken apart: `{type} [name=default] - description`.
 *
 * @param {string} text Behind the tag's name.
 * @returns {{ name: string, type?: { text: string }, default?: string, description?: string }} Its parts.
 */
function readTag(text) {
  const pattern =
    /^(?:\{(?<type>.+?)\} )?(?:\[(?<set>[^=]+)=(?<value>[^\]]+)\]|(?<bare>\S+))(?: - (?<says>.*))?$/s;
  const { type, set, value, bare, says } = pattern.exec(flat(text))?.groups ?? {};
  const name = set ?? bare;
  if (!name) throw new Error(`Not a tag: ${text}`);
  return {
    name,
    ...(type && { type: { text: type } }),
    ...(value && { default: value }),
    ...(says && { description: says }),
  };
}

/**
 * The first words of a node's docblock.
 *
 * @param {ts.Node} node A class or one of its members.
 * @returns {string | undefined} Undefined where it has none.
 */
function describe(node) {
  const block = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(block?.comment);
  return text && flat(text);
}

/**
 * A member as the manifest lists it.
 *
 * @param {ts.ClassElement} member Of the class.
 * @param {ts.SourceFile} file Where it is.
 * @returns {object | undefined} Undefined for what is private, internal or a setter beside its getter.
 */
function readMember(member, file) {
  const { name } = member;
  const description = describe(member);
  if (!name || !ts.isIdentifier(name) || !description) return undefined;
  if (ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal')) return undefined;
  const isStatic = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static;
  const base = { name: name.text, ...(isStatic && { static: true }), description };
  /** @param {ts.TypeNode | undefined} type */
  const typed = (type) => (type ? { type: { text: type.getText(file) } } : {});
  if (ts.isMethodDeclaration(member)) {
    const parameters = member.parameters.map((parameter) => ({
      name: parameter.name.getText(file),
      ...typed(parameter.type),
      ...(parameter.initializer && { default: parameter.initializer.getText(file) }),
    }));
    return { kind: 'method', ...base, parameters, return: typed(member.type) };
  }
  if (ts.isGetAccessor(member)) return { kind: 'field', ...base, ...typed(member.type) };
  return ts.isPropertyDeclaration(member)
    ? { kind: 'field', ...base, ...typed(member.type) }
    : undefined;
}

/**
 * Makes the manifest.
 *
 * @returns {string} The file's text.
 */
export function makeManifest() {
  const text = readFileSync(source, 'utf8');
  const file = ts.createSourceFile(source, text, ts.ScriptTarget.Latest, true);
  const element = file.statements.find(ts.isClassDeclaration);
  if (!element?.name) throw new Error('element.ts has no class.');
  /** @param {string} tag */
  const tagged = (tag) =>
    ts
      .getJSDocTags(element)
      .filter(({ tagName }) => tagName.text === tag)
      .map(({ comment }) => readTag(ts.getTextOfJSDocComment(comment) ?? ''));
  const name = element.name.text;
  const [{ name: tagName = '' } = {}] = tagged('element');
  const declaration = {
    kind: 'class',
    ...{ name, tagName, customElement: true, description: describe(element) },
    superclass: { name: 'HTMLElement' },
    attributes: tagged('attr'),
    members: element.members.map((member) => readMember(member, file)).filter(Boolean),
    events: tagged('fires'),
    slots: tagged('slot'),
    cssParts: tagged('csspart'),
    cssProperties: tagged('cssprop').map(({ type, ...property }) => ({
      ...property,
      ...(type && { syntax: `<${type.text}>` }),
    })),
  };
  const reference = { name, module: elementFile };
  const module = {
    kind: 'javascript-module',
    path: elementFile,
    declarations: [declaration],
    exports: [
      { kind: 'js', name, declaration: reference },
      { kind: 'custom-element-definition', name: tagName, declaration: reference },
    ],
  };
  return `${JSON.stringify({ schemaVersion: '2.1.0', modules: [module] }, null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(manifestFile, makeManifest());
