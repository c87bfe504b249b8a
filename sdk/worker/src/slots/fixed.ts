import { createGate } from '../gate.ts';
import type { Supplier } from './slots.ts';

const token = Object.freeze({});

/** So many slots, first come, first served. */
export function fixedSupplier<Info>(size: number): Supplier<Info> {
  let free = size;
  const gate = createGate();
  const take = () => {
    free -= 1;
    return token;
  };
  return {
    kind: 'Fixed',
    async reserve(_context, stop) {
      // Several may wake up for one slot.
      while (free <= 0) if (!(await gate.until(() => free > 0, stop))) return undefined;
      return stop.aborted ? undefined : take();
    },
    tryReserve: () => (free > 0 ? take() : undefined),
    markUsed: () => {},
    release() {
      free += 1;
      gate.notify();
    },
    available: () => free,
  };
}
