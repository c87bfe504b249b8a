/** What every storage driver promises, as a suite that each driver runs. */
import { describe } from 'node:test';
import type { Storage } from './contract.ts';
import { promisesOfCommits } from './contract-suite/commits.ts';
import { promisesOfLifetime } from './contract-suite/lifetime.ts';
import { promisesOfReads } from './contract-suite/reads.ts';

/** A store with nothing in it, and a way to open what it holds again. */
export interface OpenedStorage {
  readonly storage: Storage;
  /** Called after `storage` was closed. Absent when the driver keeps nothing. */
  readonly reopen?: () => Promise<Storage>;
}

/** Opens a new, empty store. */
export type OpenStorage = () => Promise<OpenedStorage>;

/** Declares the suite for one driver. `open` is called for each test; the suite closes what it opened. */
export function storageContract(name: string, open: OpenStorage): void {
  describe(`${name}: what every storage driver promises`, () => {
    describe('commits', () => promisesOfCommits(open));
    describe('reads', () => promisesOfReads(open));
    describe('opening and closing', () => promisesOfLifetime(open));
  });
}
