/** A cancellation scope as seen by what is linked to it. */
export interface LinkedScope {
  readonly cancellable: boolean;
  readonly consideredCancelled: boolean;
  /** Rejects when cancellation is asked for. */
  readonly cancelRequested: Promise<never>;
  cancel(): void;
}
