/**
 * Has a process use our SDK wherever its sources name the official one: `node --import ./scripts/with-own-sdk.ts …`.
 * Code that was written for `@temporalio/*` so runs with `@perdure/*`, unchanged.
 */
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const official = /^@temporalio\/(?=(?:activity|client|common|proto|testing|worker|workflow)(?:\/|$))/;

const ownSdk = pathToFileURL(path.join(import.meta.dirname, '..', 'sdk', path.sep)).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const from = context.parentURL ?? '';
    const isSdk = from.includes('/node_modules/@temporalio/') || from.startsWith(ownSdk);
    return nextResolve(isSdk ? specifier : specifier.replace(official, '@perdure/'), context);
  },
});
