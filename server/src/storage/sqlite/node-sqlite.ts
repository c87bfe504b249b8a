/**
 * Node's SQLite, which came without a flag with 22.13. Before 22.16 it cuts texts off at a NUL when it reads them, so that
 * ids of activities and the like must have none there. It is asked for here and not imported: an import fails before
 * anything could say why.
 *
 * @throws Error for any other version of Node
 */
export function nodeSqlite(version: string): typeof import('node:sqlite') {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return process.getBuiltinModule('node:sqlite');
  throw new Error(`@perdure/server needs Node.js 22.13 or later, and this is ${version}. Please update Node.js.`);
}
