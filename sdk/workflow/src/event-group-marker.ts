/**
 * Marks commands, and by them events, as belonging together, for those who look at the history.
 *
 * @experimental
 */
export interface EventGroupMarker {
  /** Runs `fn`; whatever commands it gives rise to get the marker. */
  withScope<T>(fn: () => Promise<T>): Promise<T>;
}
