/** Says at import what would otherwise fail somewhere else, and less clearly. */

const REQUIRED = [22, 13] as const;

/** Throws when that version of Node.js is too old. Runtimes that are not Node.js are left alone. */
export function requireNode(version: string, [major, minor] = REQUIRED): void {
  const [haveMajor = 0, haveMinor = 0] = version.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  throw new Error(
    `@perdure/worker needs Node.js ${major}.${minor} or later, and this is ${version}. Please update Node.js.`,
  );
}

const { versions } = process as { versions: Partial<NodeJS.ProcessVersions> };
if (versions.node !== undefined && versions['bun'] === undefined && versions['deno'] === undefined)
  requireNode(versions.node);
