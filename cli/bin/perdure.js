#!/usr/bin/env node
// Says which Node is needed before anything is loaded that an older one could not read.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 13)) {
  console.error(`perdure needs Node.js 22.13 or newer; this is ${process.versions.node}. See https://nodejs.org.`);
  process.exit(1);
}

void import('../src/main.ts').then(({ main }) => main(process.argv.slice(2)));
