/**
 * Has a process use our SDK wherever its sources name the official one: `node --import ./scripts/with-own-sdk.ts …`.
 * Code that was written for `@temporalio/*` so runs with `@perdure/*`, unchanged.
 */
import { registerHooks } from 'node:module';

const official = /^@temporalio\/(?=(?:activity|client|common|proto|testing|worker|workflow)(?:\/|$))/;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const fromOfficial = context.parentURL?.includes('/node_modules/@temporalio/') ?? false;
    return nextResolve(fromOfficial ? specifier : specifier.replace(official, '@perdure/'), context);
  },
});
