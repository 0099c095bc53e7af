import { existsSync } from 'node:fs';

/** Loaded before anything that is installed: says what to run where nothing is. No dependencies. */
if (!existsSync(new URL('../node_modules/tsx', import.meta.url))) {
  console.error('The dependencies are not installed yet. Run this first:\n\n  npm ci\n');
  process.exit(1);
}
