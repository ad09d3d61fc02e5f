/**
 * Writes one declaration file per entry of the package: the declarations that its public names reach,
 * with their docblocks, in one file without imports. So nothing of the rooms behind them, and no type
 * of another package, can be seen from outside.
 */
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './install.mjs';

/**
 * What a source file says about names.
 *
 * @typedef {{
 *   declarations: Map<string, ts.Statement[]>,
 *   imports: Map<string, { file: string, name: string }>,
 *   exports: { name: string, local: string, file: string }[],
 *   globals: ts.Statement[],
 *   source: ts.SourceFile,
 * }} Sheet
 */

/**
 * Emits the declarations of an entry and of all that it imports.
 *
 * @param {string} entry Absolute path.
 * @returns {Map<string, string>} Text by the path of the source without its ending.
 */
function emit(entry) {
  const config = ts.readConfigFile(join(root, 'tsconfig.sdk.json'), (file) =>
    ts.sys.readFile(file),
  );
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram([entry, join(root, 'src/sdk/models.d.ts')], {
    ...options,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true },
  });
  /** @type {Map<string, string>} */
  const texts = new Map();
  program.emit(undefined, (_, text, __, ___, sources) => {
    const [source] = sources ?? [];
    if (source) texts.set(source.fileName.replace(/\.ts$/, ''), text);
  });
  return texts;
}

/**
 * Reads an emitted declaration file.
 *
 * @param {string} file Path of its source, without the ending.
 * @param {string} text The declarations.
 * @returns {Sheet} What it says.
 */
function read(file, text) {
  const source = ts.createSourceFile(`${file}.d.ts`, text, ts.ScriptTarget.Latest, true);
  /** @type {Sheet} */
  const sheet = {
    ...{ declarations: new Map(), imports: new Map(), exports: [], globals: [], source },
  };
  /** @param {ts.Expression | undefined} specifier */
  const resolve = (specifier) =>
    specifier && ts.isStringLiteral(specifier) ? join(file, '..', specifier.text) : file;
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) continue;
      for (const { name, propertyName } of bindings.elements)
        sheet.imports.set(name.text, {
          file: resolve(statement.moduleSpecifier),
          name: (propertyName ?? name).text,
        });
    } else if (ts.isExportDeclaration(statement)) {
      if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) continue;
      for (const { name, propertyName } of statement.exportClause.elements)
        sheet.exports.push({
          ...{ name: name.text, local: (propertyName ?? name).text },
          file: resolve(statement.moduleSpecifier),
        });
    } else if (ts.isModuleDeclaration(statement)) sheet.globals.push(statement);
    else
      for (const name of namesOf(statement)) {
        sheet.declarations.set(name, [...(sheet.declarations.get(name) ?? []), statement]);
        const isExported =
          ts.canHaveModifiers(statement) &&
          ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
        if (isExported && !sheet.exports.some((each) => each.name === name))
          sheet.exports.push({ name, local: name, file });
      }
  }
  return sheet;
}

/**
 * @param {ts.Statement} statement A declaration.
 * @returns {string[]} What it declares.
 */
function namesOf(statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = /** @type {ts.DeclarationStatement} */ (statement);
  return name ? [name.text] : [];
}

/**
 * The declaration file of an entry.
 *
 * @param {string} entry Path of its source, from the root.
 * @param {string} [head] What stands first.
 * @returns {string} The file's text.
 * @throws {Error} Where two files declare different things by one name, or a package's type is reached.
 */
export function bundleTypes(entry, head = '') {
  const texts = emit(join(root, entry));
  /** @type {Map<string, Sheet>} */
  const sheets = new Map();
  /** @param {string} file */
  const sheetOf = (file) => {
    const text = texts.get(file);
    if (text === undefined) throw new Error(`${entry}: ${file} is no source of ours.`);
    const sheet = sheets.get(file) ?? read(file, text);
    sheets.set(file, sheet);
    return sheet;
  };
  /** @type {Map<string, { file: string, text: string }>} */
  const taken = new Map();
  /** @type {(node: ts.Node, file: string) => void} */
  const follow = (node, file) => {
    if (ts.isIdentifier(node)) take(node.text, file);
    if (ts.isImportTypeNode(node)) throw new Error(`${entry}: ${node.getText()} is left over.`);
    node.forEachChild((child) => follow(child, file));
  };
  /** @type {(name: string, file: string) => void} */
  function take(name, file) {
    const { declarations, imports, source } = sheetOf(file);
    const imported = imports.get(name);
    if (imported) return take(imported.name, imported.file);
    const found = declarations.get(name);
    if (!found) return;
    const known = taken.get(name);
    if (known && known.file !== file) throw new Error(`${entry}: two declarations of ${name}.`);
    if (known) return;
    const text = found.map((each) => source.text.slice(each.getFullStart(), each.end).trim());
    taken.set(name, { file, text: text.join('\n') });
    for (const statement of found) follow(statement, file);
  }
  const main = join(root, entry.replace(/\.ts$/, ''));
  const { exports, globals, source } = sheetOf(main);
  for (const { local, file } of exports) take(local, file);
  for (const statement of globals) follow(statement, main);
  const publicNames = new Map(exports.map(({ name, local }) => [local, name]));
  const bodies = [...taken].map(([, { text }]) =>
    text.replace(/^export (declare )?/gm, 'declare ').replace(/^declare (type|interface)/gm, '$1'),
  );
  const augmented = globals.map((each) => source.text.slice(each.getFullStart(), each.end).trim());
  const isValue = (/** @type {string} */ name) =>
    /^declare (?:class|function|const)/m.test(taken.get(name)?.text.replace('export ', '') ?? '');
  const list = [...taken.keys()].flatMap((local) => {
    const name = publicNames.get(local);
    if (name === undefined) return [];
    const renamed = name === local ? local : `${local} as ${name}`;
    return isValue(local) ? renamed : `type ${renamed}`;
  });
  return `${head}${[...bodies, ...augmented].join('\n')}\nexport { ${list.join(', ')} };\n`;
}
