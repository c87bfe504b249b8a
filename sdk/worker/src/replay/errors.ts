/**
 * Why a run cannot be replayed further.
 *
 * `nondeterminism`: the code does something else than the history says it did. `fatal`: the history itself, or what
 * came back from the isolate, makes no sense.
 */
export class ReplayError extends Error {
  readonly kind: 'nondeterminism' | 'fatal';

  constructor(kind: 'nondeterminism' | 'fatal', message: string) {
    super(kind === 'nondeterminism' ? `[TMPRL1100] Nondeterminism error: ${message}` : message);
    this.name = kind === 'nondeterminism' ? 'DeterminismViolationError' : 'IllegalStateError';
    this.kind = kind;
  }
}

export function nondeterminism(message: string): ReplayError {
  return new ReplayError('nondeterminism', message);
}

export function fatal(message: string): ReplayError {
  return new ReplayError('fatal', message);
}
