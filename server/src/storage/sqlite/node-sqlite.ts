/**
 * Node's SQLite, once it is known to have all that is used of it: rows as arrays came with 22.16 and 24.0. It is asked for
 * here and not imported: an import fails before anything could say why.
 *
 * @throws Error for any other version of Node
 */
export function nodeSqlite(version: string): typeof import('node:sqlite') {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major >= 24 || (major === 22 && minor >= 16)) return process.getBuiltinModule('node:sqlite');
  throw new Error(`@perdure/server needs Node.js 24 or later, or 22 from 22.16 on, and this is ${version}.`);
}
