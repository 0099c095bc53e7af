export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.local', '<rootDir>/.build'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  setupFiles: ['<rootDir>/test/without-terminal.js'],
  testTimeout: 30_000,
  // Every core: Jest itself only waits. It takes a share above 100% for a number of workers.
  maxWorkers: '100%',
  // A worker keeps the modules of every suite that it ran, and the garbage collector reads them all, again and again.
  workerIdleMemoryLimit: '300MB',
  testSequencer: '<rootDir>/test/clouds-first.js',
  reporters: ['default', '<rootDir>/test/write-report.js'],
};
