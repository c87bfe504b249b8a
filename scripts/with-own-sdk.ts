/**
 * Has a process use our SDK wherever its sources name the official one: `node --import ./scripts/with-own-sdk.ts …`.
 * Code that was written for `@temporalio/*` so runs with `@perdure/*`, unchanged.
 */
import { registerHooks } from 'node:module';

const official = /^@temporalio\/(?=(?:activity|client|common|proto|testing|worker|workflow)(?:\/|$))/;

const ownSdk = new URL('../sdk/', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const from = context.parentURL ?? '';
    const isSdk = from.includes('/node_modules/@temporalio/') || from.startsWith(ownSdk);
    return nextResolve(isSdk ? specifier : specifier.replace(official, '@perdure/'), context);
  },
});
