/** Who wrote a stack trace. */
export interface StackTraceSDKInfo {
  name: string;
  version: string;
}

/** A part of a source file. */
export interface StackTraceFileSlice {
  /** How many lines of the file come before it. */
  line_offset: number;
  /** Its text, lines ended by `\n`. */
  content: string;
}

/** A place in a source file. */
export interface StackTraceFileLocation {
  /** Absolute, or relative to the same root as all others. */
  file_path?: string | undefined;
  line?: number | undefined;
  column?: number | undefined;
  /** The function that the line is in. */
  function_name?: string | undefined;
  /** Whether it is the SDK's own code, of little interest to who looks at it. */
  internal_code: boolean;
}

export interface StackTrace {
  locations: StackTraceFileLocation[];
}

/** The answer to the query `__enhanced_stack_trace`. */
export interface EnhancedStackTrace {
  sdk: StackTraceSDKInfo;
  /** By path, the text of some of the files that the traces name. */
  sources: Record<string, StackTraceFileSlice[]>;
  stacks: StackTrace[];
}

/** Where a promise was made, as text and as locations. */
export interface Stack {
  formatted: string;
  structured: StackTraceFileLocation[];
}

/** Where the promises that are still pending were made, written down by the worker's promise hook. */
export interface PromiseStackStore {
  /** Each promise, and the promises it hangs on. */
  childToParent: Map<Promise<unknown>, Set<Promise<unknown>>>;
  promiseToStack: Map<Promise<unknown>, Stack>;
}
