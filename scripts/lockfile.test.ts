import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { root } from './sources.ts';

type Locked = {
  readonly link?: boolean;
  readonly resolved?: string;
  readonly optionalDependencies?: Record<string, string>;
};

const lockfile: { packages: Record<string, Locked> } = JSON.parse(
  readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
);

describe('the lock file', () => {
  test('names no registry, so that it works behind any mirror', () => {
    const hosts = Object.values(lockfile.packages).flatMap(({ link, resolved }) => (link || !resolved ? [] : resolved));
    assert.deepEqual(hosts, []);
  });

  // npm leaves them out where the registry in use does not have them, and then refuses to install anywhere else.
  test('knows the packages of every platform, not only of the one it was written on', () => {
    const wanted = Object.values(lockfile.packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}));
    const known = Object.keys(lockfile.packages);
    assert.deepEqual(
      wanted.filter((name) => !known.some((key) => key.endsWith(`node_modules/${name}`))),
      [],
    );
  });
});
