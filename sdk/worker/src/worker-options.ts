/** What a worker can be told, and what is made of it. */
export * from './compile-options.ts';
export * from './worker-option-types.ts';
