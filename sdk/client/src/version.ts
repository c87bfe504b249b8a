/**
 * How clients and workers call themselves, and in which version: those of the SDK whose behaviour they have, because
 * servers tell by it what a caller understands.
 */
export const clientName = 'temporal-typescript';
export const clientVersion = '1.24.0';
