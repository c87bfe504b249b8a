/**
 * Heartbeats of one activity on their way to the server. The first goes out at once; those that follow within the
 * throttle interval replace one another, and the last of them goes out when it is over.
 *
 *                  beat                     sent             interval over, nothing new
 *   Idle ──────────────────▶ Sending ───────────────▶ Waiting ───────────────────────────▶ Idle
 *                               ▲   (beat: keep it)      │ interval over, something new
 *                               └────────────────────────┘
 */
export interface Throttle<Details> {
  beat(details: Details): void;
  /**
   * The activity is over: nothing is sent any more but, with `flush`, the last heartbeat that was held back. Resolves
   * when nothing is under way.
   */
  end(flush: boolean): Promise<void>;
}

/** @param send Must not reject. */
export function createThrottle<Details>(
  interval: number,
  send: (details: Details) => Promise<void>,
): Throttle<Details> {
  let heldBack: { readonly details: Details } | undefined;
  let sending: Promise<void> | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let ended = false;

  const start = (details: Details) => {
    const began = Date.now();
    sending = send(details).then(() => {
      sending = undefined;
      if (!ended) waiting = setTimeout(waited, Math.max(0, interval - (Date.now() - began)));
    });
  };
  const waited = () => {
    waiting = undefined;
    if (heldBack === undefined) return;
    const { details } = heldBack;
    heldBack = undefined;
    start(details);
  };
  return {
    beat(details) {
      if (ended) return;
      if (sending || waiting) heldBack = { details };
      else start(details);
    },
    async end(flush) {
      ended = true;
      clearTimeout(waiting);
      await sending;
      if (flush && heldBack) await send(heldBack.details);
      heldBack = undefined;
    },
  };
}
