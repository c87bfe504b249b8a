/**
 * Under this name a logger may say whether it passes on messages of a level, so that nobody puts together what nobody
 * will see.
 */
export const hearsLevel: unique symbol = Symbol.for('logger_hears_level') as never;

/** Whether messages of this level get anywhere; true of loggers that do not say. */
export function isHeard(logger: object, level: string): boolean {
  return (logger as { [hearsLevel]?(level: string): boolean })[hearsLevel]?.(level) ?? true;
}
