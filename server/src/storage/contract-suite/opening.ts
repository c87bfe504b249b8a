import { test } from 'node:test';
import type { Storage } from '../contract.ts';

/** A store with nothing in it, and a way to open what it holds again. */
export interface OpenedStorage {
  readonly storage: Storage;
  /** Called after `storage` was closed. Absent when the driver keeps nothing. */
  readonly reopen?: () => Promise<Storage>;
}

/** Opens a new, empty store. */
export type OpenStorage = () => Promise<OpenedStorage>;

/** Declares a test that gets an empty store. */
export type WithStorage = (name: string, body: (storage: Storage) => Promise<void>) => void;

export function withStorageOf(open: OpenStorage): WithStorage {
  return (name, body) => {
    test(name, async () => {
      const { storage } = await open();
      try {
        await body(storage);
      } finally {
        await storage.close();
      }
    });
  };
}
