// Runs the end-to-end tests, and with them the bundles, on the Node.js that Lambda has. `npm run test:node24 -- <jest arguments>`
// Plain JavaScript, so that nothing but Node.js is needed to say why it is skipped.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Lambda's runtime `nodejs24.x` follows the newest release of this line. */
const version = '24.22.3';
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}.build/node-${version}`;
const name = `node-${process.platform}-${process.arch}`;
const binary = `${folder}/node_modules/${name}/bin/node`;

/** Node.js is in the npm registry, a package for each platform. */
function install() {
  const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${name}@${version}`];
  return spawnSync('npm', args, { encoding: 'utf8', timeout: 300_000 });
}

if (Number(process.versions.node.split('.')[0]) >= 24) {
  console.log(
    `SKIPPED: this is Node.js ${process.versions.node}, so \`npm run test:e2e\` runs these tests on it.`,
  );
  process.exit(0);
}

const installed = existsSync(binary) ? undefined : install();
if (!existsSync(binary)) {
  console.error(`SKIPPED: Node.js ${version} could not be had as the package ${name}.`);
  console.error(installed?.stderr ?? '');
  process.exit(0);
}

const tests = process.argv.length > 2 ? process.argv.slice(2) : ['test/e2e'];
// `npm test` leaves the end-to-end tests out.
const all = ['--testPathIgnorePatterns', 'node_modules', '--testPathPatterns'];
const jest = [
  '--experimental-vm-modules',
  '--no-warnings=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const { status } = spawnSync(binary, [...jest, ...all, ...tests], {
  cwd: root,
  stdio: 'inherit',
  // Processes that the tests start find this Node.js first.
  env: { ...process.env, PATH: `${binary.slice(0, -'/node'.length)}:${process.env.PATH}` },
});
process.exit(status ?? 1);
