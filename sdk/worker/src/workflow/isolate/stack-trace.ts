/**
 * Stack traces of a context, told by the user's source files instead of the bundle. Maps are read when the first trace
 * is written: most runs never need one.
 */
import { AnyMap, type OriginalMapping, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import type { StackTraceFileLocation } from '@perdure/workflow';

/** The frames of the last trace that was written, for who wants them apart. */
export type StackFrames = {
  last: StackTraceFileLocation[];
  /** For each of them, whether it is of the worker and not of the bundle. */
  outside: boolean[];
  /** The innermost frame that is the user's, as text. */
  users: string | null;
};

type Frame = {
  readonly location: StackTraceFileLocation;
  readonly text: string;
  readonly isUsers: boolean;
  readonly isOutside: boolean;
};

/** The map of a bundle: of the user's modules, and of the SDK. */
type BundleMap = { readonly sections: readonly { readonly offset: { readonly line: number }; readonly map: object }[] };

export function traceIn(
  context: typeof globalThis,
  { filename, sourceMap }: { readonly filename: string; readonly sourceMap: string },
): StackFrames {
  const frames: StackFrames = { last: [], outside: [], users: null };
  let maps: { readonly map: TraceMap; readonly sdkLine: number } | undefined;
  const read = () => {
    const parsed: BundleMap = JSON.parse(sourceMap);
    return { map: AnyMap(parsed as never), sdkLine: parsed.sections[1]?.offset.line ?? Number.POSITIVE_INFINITY };
  };
  const frameOf = (callSite: NodeJS.CallSite): Frame => {
    const line = callSite.getLineNumber();
    const column = callSite.getColumnNumber();
    const file = callSite.getFileName();
    const isOutside = file !== filename && Boolean(file);
    if (file !== filename || line === null || column === null || sourceMap === '')
      return { ...frame(callSite, null), isUsers: false, isOutside };
    maps ??= read();
    const found = originalPositionFor(maps.map, { line, column: column - 1 });
    return { ...frame(callSite, found.source === null ? null : found), isUsers: line <= maps.sdkLine, isOutside };
  };
  Object.defineProperty(context.Error, 'prepareStackTrace', {
    value: (error: unknown, callSites: readonly NodeJS.CallSite[]) => {
      const all = callSites.map(frameOf);
      // What calls the user's code is of no interest to the user.
      const last = all.findLastIndex(({ isUsers }) => isUsers);
      const shown = last === -1 ? all : all.slice(0, last + 1);
      frames.users = all.find(({ isUsers }) => isUsers)?.text.trim() ?? null;
      frames.last = shown.map(({ location }) => location);
      frames.outside = shown.map(({ isOutside }) => isOutside);
      return `${textOf(error)}\n${shown.map(({ text }) => text).join('\n')}`;
    },
  });
  return frames;
}

function frame(callSite: NodeJS.CallSite, found: OriginalMapping | null): Pick<Frame, 'location' | 'text'> {
  const name = nameOf(callSite);
  const location: StackTraceFileLocation = {
    file_path: found?.source ?? callSite.getFileName() ?? undefined,
    function_name: name ?? undefined,
    line: found?.line ?? callSite.getLineNumber() ?? undefined,
    column: found ? found.column + 1 : (callSite.getColumnNumber() ?? undefined),
    internal_code: false,
  };
  if (!found) return { location, text: `    at ${callSite}` };
  const place = `${found.source}:${found.line}:${found.column + 1}`;
  const prefix = callSite.isAsync() ? 'async ' : '';
  return { location, text: name ? `    at ${prefix}${name} (${place})` : `    at ${prefix}${place}` };
}

function nameOf(callSite: NodeJS.CallSite): string | null {
  const functionName = callSite.getFunctionName();
  if (callSite.isConstructor()) return functionName ? `new ${functionName}` : null;
  const method = callSite.getMethodName();
  // The bundler calls a class `_Name` that refers to itself.
  const type = method ? (callSite.getTypeName()?.replace(/^_(?=[A-Z])/, '') ?? null) : null;
  return type && method && type !== 'Object' ? `${type}.${method}` : functionName;
}

/** As an error shows itself; one that cannot has no name. */
function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}
