/** What is said of code that does not give way for longer than it may: what Node's `vm` says, and so the official worker. */
export const timedOut = (limitMs: number): string => `Script execution timed out after ${limitMs}ms`;
