/**
 * Slots limit how many tasks of a kind a worker has at once. A supplier decides whether there is one to be had; what
 * is here counts them and sees to it that each is given back once.
 */
import type { WorkerDeploymentVersion } from '@perdure/common';
import { createGate } from '../gate.ts';

/** What a supplier is told when it is asked for a slot. */
export interface ReserveContext {
  readonly slotType: 'workflow' | 'activity' | 'local-activity' | 'nexus';
  readonly taskQueue: string;
  readonly workerIdentity: string;
  readonly workerBuildId: string;
  readonly workerDeploymentVersion?: WorkerDeploymentVersion;
  readonly isSticky: boolean;
  /** How many slots of this kind are out. */
  readonly issued: number;
}

export interface Supplier<Info> {
  /** What worker heartbeats call it: `Fixed`, `ResourceBased`, or a custom one's name. */
  readonly kind: string;
  /** Resolves to undefined when `stop` was aborted first. */
  reserve(context: () => ReserveContext, stop: AbortSignal): Promise<unknown>;
  /** Undefined when there is no slot at the moment. */
  tryReserve(context: ReserveContext): unknown;
  markUsed(info: Info, token: unknown): void;
  release(info: Info | undefined, token: unknown, isSticky: boolean): void;
  /** How many more could be reserved, where that is known. */
  available?(): number;
}

/** A slot in one's hands. */
export interface Permit<Info> {
  /** The slot is now used for a task. */
  use(info: Info): void;
  /** Gives it back; calling it again does nothing. */
  release(): void;
}

export interface Slots<Info> {
  /** Resolves to undefined when `stop` is aborted first. */
  reserve(stop: AbortSignal, isSticky?: boolean): Promise<Permit<Info> | undefined>;
  /** Undefined when there is none at the moment. */
  tryReserve(): Permit<Info> | undefined;
  /** How many are used for tasks: those that only wait for one do not count. */
  used(): number;
  available(): number | undefined;
  /** How many tasks have ever used one. */
  processed(): number;
  readonly kind: string;
}

export interface SlotsOptions<Info> {
  readonly supplier: Supplier<Info>;
  readonly context: Omit<ReserveContext, 'issued' | 'isSticky'>;
  /** No more than this, whatever the supplier says. */
  readonly maximum?: number | undefined;
  /** Told whenever the numbers may have changed. */
  readonly onChange?: (slots: Slots<Info>) => void;
}

export function createSlots<Info>({ supplier, context, maximum, onChange }: SlotsOptions<Info>): Slots<Info> {
  let issued = 0;
  let unused = 0;
  let processed = 0;
  const gate = createGate();
  const free = () => maximum === undefined || issued < maximum;
  const contextFor = (isSticky: boolean): ReserveContext => ({ ...context, isSticky, issued });

  const issue = (token: unknown, isSticky: boolean): Permit<Info> => {
    let state: 'reserved' | 'used' | 'released' = 'reserved';
    let usedFor: Info | undefined;
    issued += 1;
    unused += 1;
    onChange?.(slots);
    return {
      use(info) {
        if (state !== 'reserved') return;
        state = 'used';
        usedFor = info;
        unused -= 1;
        processed += 1;
        supplier.markUsed(info, token);
        onChange?.(slots);
      },
      release() {
        if (state === 'released') return;
        if (state === 'reserved') unused -= 1;
        state = 'released';
        issued -= 1;
        supplier.release(usedFor, token, isSticky);
        onChange?.(slots);
        gate.notify();
      },
    };
  };

  const slots: Slots<Info> = {
    kind: supplier.kind,
    async reserve(stop, isSticky = false) {
      if (!free() && !(await gate.until(free, stop))) return undefined;
      const token = await supplier.reserve(() => contextFor(isSticky), stop);
      return token === undefined ? undefined : issue(token, isSticky);
    },
    tryReserve() {
      if (!free()) return undefined;
      const token = supplier.tryReserve(contextFor(false));
      return token === undefined ? undefined : issue(token, false);
    },
    used: () => issued - unused,
    available: () => {
      const left = supplier.available?.();
      return left === undefined ? undefined : left + unused;
    },
    processed: () => processed,
  };
  return slots;
}
