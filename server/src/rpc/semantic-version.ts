/** Semantic versions and ranges of them, as far as clients send them in headers. Error texts are the reference's. */
export type Version = readonly [major: number, minor: number, patch: number, prerelease: string];
export type Range = (version: Version) => boolean;

/** Thrown for what is no version or no range; the message says why. */
export class VersionError extends Error {
  override readonly name = 'VersionError';
}

const NUMBER = /^(0|[1-9]\d*)$/;

/** Parses `1.2.3`, with a pre-release and build metadata if there are any. Throws `VersionError`. */
export function parseVersion(text: string): Version {
  if (text === '') throw new VersionError('Version string empty');
  const parts = text.split('.');
  if (parts.length < 3) throw new VersionError('No Major.Minor.Patch elements found');
  const [, core = text, prerelease = ''] = /^([^-+]*)(?:-([^+]*))?/.exec(text) ?? [];
  const numbers = core.split('.');
  const wrong = numbers.find((number) => !NUMBER.test(number));
  if (wrong !== undefined || numbers.length !== 3)
    throw new VersionError(`Invalid character(s) found in version number "${wrong ?? core}"`);
  const [major = 0, minor = 0, patch = 0] = numbers.map(Number);
  return [major, minor, patch, prerelease];
}

/** Parses `>=1.0.0 <2.0.0 || 3.1.4`. Throws `VersionError`. */
export function parseRange(text: string): Range {
  const alternatives = text.split('||').map((part) => {
    const tests = part.trim().split(/\s+/).map(parseComparison);
    return (version: Version) => tests.every((test) => test(version));
  });
  return (version) => alternatives.some((test) => test(version));
}

function parseComparison(text: string): Range {
  const [, operator = '', rest = ''] = /^([^\d]*)(.*)$/.exec(text) ?? [];
  if (rest === '') throw new VersionError(`Could not get version from string: "${text}"`);
  const bound = parseVersion(rest);
  switch (operator) {
    case '':
    case '=':
    case '==':
      return (version) => compareVersions(version, bound) === 0;
    case '!':
    case '!=':
      return (version) => compareVersions(version, bound) !== 0;
    case '<':
      return (version) => compareVersions(version, bound) < 0;
    case '<=':
      return (version) => compareVersions(version, bound) <= 0;
    case '>':
      return (version) => compareVersions(version, bound) > 0;
    case '>=':
      return (version) => compareVersions(version, bound) >= 0;
    default:
      throw new VersionError(`Could not parse comparator "${operator}" in "${text}"`);
  }
}

/** Negative, zero or positive. A pre-release comes before its version. */
export function compareVersions(a: Version, b: Version): number {
  const core = a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  if (core !== 0 || a[3] === b[3]) return core;
  if (a[3] === '' || b[3] === '') return a[3] === '' ? 1 : -1;
  return comparePrereleases(a[3].split('.'), b[3].split('.'));
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; ; at++) {
    const [left, right] = [a[at], b[at]];
    if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? -1 : 1;
    if (left === right) continue;
    const numeric = [NUMBER.test(left), NUMBER.test(right)];
    if (numeric[0] && numeric[1]) return Number(left) - Number(right);
    if (numeric[0] || numeric[1]) return numeric[0] ? -1 : 1;
    return left < right ? -1 : 1;
  }
}
