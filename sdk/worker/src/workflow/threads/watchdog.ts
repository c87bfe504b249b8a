import { type Activity, look } from './activity.ts';

/**
 * Looks now and then whether a thread's code gives way. Code that runs, and is the same that ran when it was first seen
 * longer than the limit ago, does not. Returns a function that ends the watch.
 */
export function watch(
  activity: Activity,
  {
    limitMs,
    hasTasks,
    onStuck,
  }: { readonly limitMs: number; readonly hasTasks: () => boolean; readonly onStuck: () => void },
): () => void {
  if (!Number.isFinite(limitMs)) return () => undefined;
  let seen = { count: -1, at: 0 };
  const timer = setInterval(
    () => {
      if (!hasTasks()) return;
      const { taskId, count } = look(activity);
      if (taskId === 0 || count !== seen.count) {
        seen = { count, at: performance.now() };
      } else if (performance.now() - seen.at >= limitMs) {
        clearInterval(timer);
        onStuck();
      }
    },
    Math.min(Math.max(limitMs / 5, 10), 500),
  );
  timer.unref();
  return () => clearInterval(timer);
}
