import { builtinModules } from 'node:module';
import { type Import, isFile } from './import-graph.ts';

/** Which folders and packages the files below a path may import. The first rule that matches a file holds for it. */
interface Rule {
  readonly from: RegExp;
  readonly folders: readonly string[];
  readonly packages: readonly string[];
}

const kinds = ['file-lane', 'webhook-fence', 'cdc-feed'];
const contracts = ['shared/contract/', ...kinds.map(kind => `adapters/${kind}/contract/`)];
const cores = ['shared/core/', ...kinds.map(kind => `adapters/${kind}/core/`)];
const derived = ['shared/derive/', 'adapters/derive/', ...kinds.map(kind => `adapters/${kind}/derive/`)];

/** Within an adapter: of its own kind and of `shared/` alone, so that no adapter imports another. */
const adapter = (kind: string): readonly Rule[] => {
  const own = `adapters/${kind}`;
  const contract = [`${own}/contract/`, 'shared/contract/'];
  const core = [`${own}/core/`, ...contract, 'shared/core/', 'events/'];
  const flow = [`${own}/flow/`, `${own}/ports.ts`, ...core, 'shared/ports.ts'];
  return [
    { from: RegExp(`^${own}/contract/`), folders: contract, packages: ['zod'] },
    { from: RegExp(`^${own}/core/`), folders: core, packages: ['zod', ...corePackages(kind)] },
    { from: RegExp(`^${own}/ports.ts`), folders: [...core, 'shared/ports.ts'], packages: [] },
    { from: RegExp(`^${own}/flow/`), folders: flow, packages: ['zod'] },
    {
      from: RegExp(`^${own}/derive/`),
      folders: [`${own}/derive/`, ...core, 'shared/derive/'],
      packages: ['zod'],
    },
    {
      from: RegExp(`^${own}/memory/`),
      folders: [`${own}/memory/`, `${own}/ports.ts`, ...core, 'shared/memory/', 'shared/ports.ts'],
      packages: [],
    },
    {
      from: RegExp(`^${own}/aws/`),
      folders: [`${own}/aws/`, `${own}/ports.ts`, ...core, 'shared/aws/', 'shared/ports.ts'],
      packages: ['@aws-sdk', '@aws-lambda-powertools', '@smithy', 'aws-lambda', 'zod'],
    },
    { from: RegExp(`^${own}/kit.ts`), folders: [...contract, 'shared/core/mapping/'], packages: [] },
  ];
};

/** The operator's side: it reads what the adapters keep, by their contracts, their cores and their ports. */
function operator(): readonly Rule[] {
  const core = ['operate/core/', 'adapters/integration.ts', ...contracts, ...cores];
  const ports = [
    'operate/ports.ts',
    'operate/plan-ports.ts',
    'operate/object-ports.ts',
    'operate/partner-ports.ts',
    'operate/reconcile-ports.ts',
    'operate/proof-store.ts',
    ...kinds.map(kind => `adapters/${kind}/ports.ts`),
    'shared/ports.ts',
  ];
  return [
    { from: /^operate\/core\//, folders: core, packages: ['zod'] },
    {
      from: /^operate\/((plan-|object-|partner-|reconcile-)?ports|proof-store).ts/,
      folders: [...core, ...ports],
      packages: ['zod'],
    },
    { from: /^operate\/flow\//, folders: ['operate/flow/', ...core, ...ports], packages: ['zod'] },
    {
      from: /^operate\/memory\//,
      folders: [
        'operate/memory/',
        ...core,
        ...ports,
        ...kinds.map(kind => `adapters/${kind}/memory/`),
        'shared/memory/',
      ],
      packages: [],
    },
    {
      from: /^operate\/aws\//,
      folders: ['operate/aws/', ...core, ...ports, 'shared/aws/'],
      packages: ['@aws-sdk', '@aws-lambda-powertools', 'aws-lambda'],
    },
  ];
}

function corePackages(kind: string): readonly string[] {
  if (kind === 'webhook-fence') return ['jose'];
  if (kind === 'file-lane') return ['csv-parse', 'iconv-lite', 'luxon', 'yauzl', 'openpgp'];
  return [];
}

const rules: readonly Rule[] = [
  ...kinds.flatMap(adapter),
  ...operator(),
  // The one place above the adapters: what is the same for all kinds, and the tables by kind.
  {
    from: /^adapters\/(derive\/|integration\.ts)/,
    folders: ['adapters/integration.ts', ...derived, ...contracts],
    packages: [],
  },
  { from: /^shared\/contract\//, folders: ['shared/contract/'], packages: ['zod'] },
  {
    from: /^shared\/core\//,
    folders: ['shared/core/', 'shared/contract/', 'events/'],
    packages: ['zod', 'luxon'],
  },
  { from: /^shared\/ports\.ts/, folders: ['shared/core/', 'shared/contract/'], packages: [] },
  {
    from: /^shared\/derive\//,
    folders: ['shared/derive/', 'shared/core/', 'shared/contract/'],
    packages: ['zod'],
  },
  { from: /^shared\/consumer\//, folders: ['shared/consumer/', 'shared/core/', 'events/'], packages: [] },
  {
    from: /^shared\/memory\//,
    folders: ['shared/memory/', 'shared/ports.ts', 'shared/core/', 'shared/contract/'],
    packages: [],
  },
  {
    from: /^shared\/aws\//,
    folders: ['shared/aws/', 'shared/ports.ts', 'shared/core/', 'shared/contract/', 'shared/consumer/'],
    packages: ['@aws-sdk', '@aws-lambda-powertools', '@smithy', 'aws-lambda'],
  },
  { from: /^events\//, folders: ['events/', 'shared/contract/event-kit.ts'], packages: ['zod'] },
  {
    from: /^integrations\//,
    folders: ['events/', ...kinds.map(kind => `adapters/${kind}/kit.ts`)],
    packages: ['zod'],
  },
  // Each wires one flow to AWS.
  {
    from: /^functions\//,
    folders: [
      'functions/',
      'events/',
      'shared/consumer/',
      'shared/aws/',
      'shared/contract/',
      'shared/core/page/',
      'shared/ports.ts',
      'adapters/',
      'operate/',
    ],
    packages: ['aws-lambda', 'zod'],
  },
  {
    from: /^infra\//,
    folders: [
      'infra/',
      'edge.config.ts',
      'integrations/',
      'events/',
      'adapters/integration.ts',
      'operate/core/',
      ...contracts,
      ...derived,
      ...cores,
    ],
    packages: ['@swc/core', 'aws-cdk-lib', 'constructs', 'cdk-nag', 'esbuild', 'recheck', 'zod'],
  },
  { from: /^edge\.config\.ts/, folders: ['infra/edge-config.ts'], packages: [] },
  { from: /^local\//, folders: ['local/'], packages: ['fauxqs', 'dynalite', 'luxon', 'zod'] },
  // A page: what it takes from elsewhere are types. `test/cli/console/page-files.test.ts` looks at its bundle.
  {
    from: /^console\//,
    folders: ['console/', 'cli/console/', 'operate/core/', 'shared/contract/'],
    packages: ['preact', 'uplot'],
  },
  {
    from: /^cli\//,
    folders: [
      'cli/',
      'local/',
      'infra/bundle-page.ts',
      'infra/contracts.ts',
      'infra/edge-config.ts',
      'infra/released-schemas.ts',
      'infra/templates/',
      'edge.config.ts',
      'adapters/integration.ts',
      'integrations/',
      'events/',
      'operate/core/',
      'shared/aws/sha256.ts',
      ...contracts,
      ...derived,
      ...cores,
    ],
    packages: ['@aws-sdk', '@smithy/signature-v4', 'cli-table3', 'esbuild', 'picocolors', 'zod'],
  },
];

/** Folders at the edge of the house: they may use files, the network, processes and threads. */
const edges = /^((adapters\/[^/]+|operate)\/aws|shared\/(aws|memory)|functions|infra|local|cli)\//;

/** What Node brings that does no I/O of its own, reads no clock and no environment. */
const pureModules = ['buffer', 'crypto', 'net', 'stream', 'stream/promises', 'util', 'zlib'];

/** Whether a file may not import what it does. A file that no rule matches may import nothing; the benchmarks, anything. */
export function isForbidden({ from, to }: Import): boolean {
  if (from.startsWith('bench/')) return false;
  const rule = rules.find(candidate => candidate.from.test(from));
  if (!rule) return true;
  if (isFile(to)) return !rule.folders.some(folder => to.startsWith(folder));
  const module = to.replace(/^node:/, '');
  if (to.startsWith('node:') || builtinModules.includes(module))
    return !edges.test(from) && !pureModules.includes(module);
  return !rule.packages.some(name => to === name || to.startsWith(`${name}/`));
}

/** What pure code must not read: a clock, randomness, the environment, the network, a timer. */
const impure =
  /\b(Date\.now|performance\.|Math\.random|process\.|randomUUID|randomBytes|setTimeout|setInterval|fetch\()|new Date\(\)/;

const isPure = (file: string): boolean =>
  /^(adapters\/([^/]+\/(contract|core|derive)|derive)|operate\/core|shared\/(contract|core|derive)|events|integrations)\//.test(
    file,
  );

/** The lines of a pure file that read the world; comments are left out. */
export const impureLinesIn = (file: string, text: string): readonly string[] =>
  isPure(file)
    ? text
        .replaceAll(/\/\*[\s\S]*?\*\//g, '')
        .split('\n')
        .filter(line => impure.test(line.replace(/\/\/.*$/, '')))
    : [];
