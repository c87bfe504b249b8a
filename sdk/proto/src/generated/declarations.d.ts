/** What a package declares: its own packages, and everything else as JSON. */
export type Package = { readonly options?: Record<string, unknown>; readonly declares: Readonly<Record<string, Package | string>> };
export declare const declarations: Package;
/** Names of what has to be made all at once. */
export declare const together: readonly string[];
