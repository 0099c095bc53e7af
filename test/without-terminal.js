// Texts are compared without colours and at full width, whatever terminal the tests are run in. Commands that tests start inherit it.
delete process.env.FORCE_COLOR;
process.env.NO_COLOR = '1';
Object.defineProperty(process.stdout, 'columns', { value: undefined, configurable: true });
