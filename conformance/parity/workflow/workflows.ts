/** Workflows that between them use all of the API, with whatever order of events. What they see they tell as their result. */
export * from './ends.ts';
// biome-ignore lint/style/noDefaultExport: the workflow for all that there is no other for
export { fallback as default } from './ends.ts';
export * from './nexus.ts';
export * from './surroundings.ts';
export * from './typed.ts';
export * from './waiting.ts';
