/** A supplier that the user wrote. What it throws is logged; it must not take the worker down. */
import type { Logger } from '@perdure/common';
import { pause } from '../gate.ts';
import type { CustomSlotSupplier, SlotInfo, SlotPermit, SlotReserveContext } from '../worker-tuner.ts';
import type { ReserveContext, Supplier } from './slots.ts';

/** How long to wait before a supplier that threw is asked again (ms). */
const AFTER_ERROR = 1000;

export function customSupplier<Info extends SlotInfo>(
  supplier: CustomSlotSupplier<Info>,
  logger: Logger,
): Supplier<Info> {
  return {
    kind: supplier.constructor?.name || 'Custom',
    async reserve(context, stop) {
      while (!stop.aborted) {
        try {
          // Even what is no permit is a slot: the user's code said that there is one.
          return { permit: await supplier.reserveSlot(asUserSees(context()), stop) };
        } catch (error) {
          if (stop.aborted) {
            if (error !== stop.reason) logger.error('Error in custom slot supplier `reserveSlot`', { error });
            return undefined;
          }
          logger.error('Error in custom slot supplier `reserveSlot`', { error });
          await pause(AFTER_ERROR, stop);
        }
      }
      return undefined;
    },
    tryReserve(context) {
      const permit = guarded(logger, 'tryReserveSlot', () => supplier.tryReserveSlot(asUserSees(context)));
      return permit === null || permit === undefined ? undefined : { permit };
    },
    markUsed(slotInfo, token) {
      guarded(logger, 'markSlotUsed', () => supplier.markSlotUsed({ slotInfo, permit: permitOf(token) }));
    },
    release(slotInfo, token) {
      const context = { permit: permitOf(token), ...(slotInfo !== undefined && { slotInfo }) };
      guarded(logger, 'releaseSlot', () => supplier.releaseSlot(context));
    },
  };
}

const permitOf = (token: unknown): SlotPermit => (token as { permit: SlotPermit }).permit;

const asUserSees = ({ issued: _, ...context }: ReserveContext): SlotReserveContext => context;

function guarded<R>(logger: Logger, method: string, call: () => R): R | undefined {
  try {
    return call();
  } catch (error) {
    logger.error(`Error in custom slot supplier ${method}`, { error });
    return undefined;
  }
}
