export interface MapAsyncOptions {
  /**
   * How many items may be mapped at the same time. From two on, results come in the order in which they are ready.
   *
   * @default 1
   */
  concurrency?: number;
  /**
   * How many results may wait to be taken before no more items are read. Only with a `concurrency` of two or more.
   *
   * @default no limit
   */
  bufferLimit?: number | undefined;
}

/** Maps what `source` gives, item by item or several at a time. The first failure, of either side, ends it. */
export async function* mapAsyncIterable<A, B>(
  source: AsyncIterable<A>,
  mapFn: (val: A) => Promise<B>,
  options?: MapAsyncOptions,
): AsyncIterable<B> {
  const concurrency = options?.concurrency ?? 1;
  if (concurrency < 2) {
    for await (const item of source) yield await mapFn(item);
    return;
  }
  yield* mapConcurrently(
    source[Symbol.asyncIterator](),
    mapFn,
    concurrency,
    options?.bufferLimit ?? Number.POSITIVE_INFINITY,
  );
}

async function* mapConcurrently<A, B>(
  items: AsyncIterator<A>,
  mapFn: (val: A) => Promise<B>,
  concurrency: number,
  bufferLimit: number,
): AsyncIterable<B> {
  const ready: B[] = [];
  const running = new Set<Promise<void>>();
  let ended = false;
  let failure: { readonly error: unknown } | undefined;

  const step = async (): Promise<void> => {
    try {
      const next = await items.next();
      if (next.done === true) {
        ended = true;
        return;
      }
      const result = await mapFn(next.value);
      // What arrives after a failure would come out of turn: the failure is the end.
      if (failure === undefined) ready.push(result);
    } catch (error) {
      failure ??= { error };
      ended = true;
    }
  };
  const fill = () => {
    while (!ended && running.size < concurrency && ready.length + running.size < bufferLimit + concurrency) {
      const one: Promise<void> = step().then(() => {
        running.delete(one);
        fill();
      });
      running.add(one);
    }
  };

  try {
    for (fill(); ; ) {
      if (ready.length > 0) {
        const result = ready.shift() as B;
        fill();
        yield result;
      } else if (failure !== undefined) {
        throw failure.error;
      } else if (running.size > 0) {
        await Promise.race(running);
      } else {
        return;
      }
    }
  } finally {
    // Whoever stops early takes no more; what is under way ends by itself.
    ended = true;
    items.return?.().catch(() => undefined);
  }
}
