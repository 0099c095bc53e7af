import { availableParallelism } from 'node:os';

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // They have commands of their own: `npm run test:browser` needs a browser, `npm run test:e2e` starts local clouds.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/', '<rootDir>/test/e2e/'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.local', '<rootDir>/.build'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  setupFiles: ['<rootDir>/test/without-terminal.js'],
  // Nothing waits for it: it ends what hangs, also on a busy machine.
  testTimeout: 180_000,
  maxWorkers: availableParallelism(),
  // A worker keeps the modules of every suite that it ran, and the garbage collector reads them all, again and again.
  workerIdleMemoryLimit: '300MB',
  reporters: ['default', '<rootDir>/test/write-report.js'],
};
