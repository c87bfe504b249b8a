/** What every storage driver promises, as a suite that each driver runs. */
import { describe } from 'node:test';
import { promisesOfCommits } from './contract-suite/commits.ts';
import { promisesOfLifetime } from './contract-suite/lifetime.ts';
import { type OpenStorage, withStorageOf } from './contract-suite/opening.ts';
import { randomQueries } from './contract-suite/random-queries.ts';
import { promisesOfReads } from './contract-suite/reads.ts';
import { promisesOfVisibility } from './contract-suite/visibility.ts';

/** Declares the suite for one driver. `open` is called for each test; the suite closes what it opened. */
export function storageContract(name: string, open: OpenStorage): void {
  describe(`${name}: what every storage driver promises`, () => {
    describe('commits', () => promisesOfCommits(withStorageOf(open)));
    describe('reads', () => promisesOfReads(withStorageOf(open)));
    describe('lists and counts', () => promisesOfVisibility(withStorageOf(open)));
    describe('queries', () => randomQueries(withStorageOf(open)));
    describe('opening and closing', () => promisesOfLifetime(open));
  });
}
