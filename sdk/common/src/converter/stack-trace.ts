/** A place in a module of a package, or in what it is bundled to when it is published. */
const placeIn = (name: string, module: string) =>
  String.raw`\(.*[\\/]${name}[\\/]((src|lib|dist)[\\/](.*[\\/])?${module}\.[jt]s|node[\\/](bundle|rest)\.js):\d+:\d+\)`;

/**
 * From the first of these frames on, a stack trace tells of the SDK and no longer of the user's code: where a worker calls
 * an Activity, a Nexus handler, a Workflow or one of its handlers, and where it enters the isolate. Those of the official
 * worker count too, for traces travel.
 */
const firstOfOurs = new RegExp(
  [
    String.raw`\s+at( async)? (Activity\.)?execute ${placeIn('worker', 'activity')}`,
    String.raw`\s+at( async)? (NexusHandler\.)?invokeUserCode \(.*[\\/]worker[\\/](src|lib|dist)[\\/]nexus[\\/]\w+\.[jt]s:\d+:\d+\)`,
    String.raw`\s+at( async)? (Activator\.)?(startWorkflow|queryWorkflow|signalWorkflow|update|validateUpdate)NextHandler \(.*\.[jt]s:\d+:\d+\)`,
    String.raw`\s+at( async)? (Script\.)?runInContext \((native|unknown|(node:vm|vm\.js):\d+:\d+)\)`,
  ].join('|'),
);

/** Frames of ours in the midst of the user's: between two interceptors, and between the last one and an Activity. */
const between = new RegExp(
  [
    String.raw`\s+at( async)? (null\.)?(next|composedNext\d*) ${placeIn('common', 'interceptors')}`,
    String.raw`\s+at( async)? (null\.)?executeNextHandler\d* ${placeIn('worker', 'activity')}`,
  ].join('|'),
);

/** The stack trace without the SDK's own frames. */
export function cutoffStackTrace(stack?: string): string {
  const lines = (stack ?? '').split(/\r?\n/);
  const end = lines.findIndex((line) => firstOfOurs.test(line));
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .filter((line) => !between.test(line))
    .join('\n');
}
