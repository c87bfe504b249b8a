/** Says at import what would otherwise fail somewhere else, and less clearly. */

/** Throws when that version of Node.js is not one that the packages are made for. */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return;
  throw new Error(`The @perdure packages need Node.js 22.13 or later, and this is ${version}. Please update Node.js.`);
}

// Runtimes that are not Node.js are left alone, and so are Workflows, which have no `process`.
const { versions = {} }: { readonly versions?: Partial<NodeJS.ProcessVersions> } = globalThis.process ?? {};
if (versions.node !== undefined && versions['bun'] === undefined && versions['deno'] === undefined)
  requireNode(versions.node);
