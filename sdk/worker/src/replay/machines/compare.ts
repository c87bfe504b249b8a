import { nondeterminism } from '../errors.ts';

interface Named {
  readonly id: string | null | undefined;
  readonly type: string | null | undefined;
}

/** What the history calls a thing must be what the code calls it. `of` says which thing, and where each name stands. */
export function compareNames(
  of: { readonly what: string; readonly event: string; readonly command: string },
  event: Named,
  command: Named,
): void {
  for (const name of ['id', 'type'] as const) {
    const [theirs, ours] = [event[name] ?? '', command[name] ?? ''];
    if (theirs === ours) continue;
    const capital = of.what.slice(0, 1).toUpperCase() + of.what.slice(1);
    throw nondeterminism(
      `${capital} ${name} of ${of.event} '${theirs}' does not match ${of.what} ${name} of ${of.command} '${ours}'`,
    );
  }
}
