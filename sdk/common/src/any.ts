/**
 * The one `any` of the SDK. Workflows, handlers and activities are functions of which the SDK knows neither arguments nor
 * results; a caller who knows them must not have to assert. `unknown` would change what user code compiles.
 */
// biome-ignore lint/suspicious/noExplicitAny: the shapes of the public types are the API
export type Any = any;
