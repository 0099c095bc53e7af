/** What an account needs to know that no contract says. The values are in `edge.config.ts`. */
export interface EdgeConfig {
  /**
   * Address under which the folder `docs/` of this repository can be read, with a slash at its end, such as
   * `https://git.example.com/edge/blob/main/docs/`. Alarms name their runbooks by it; without it, by path.
   */
  readonly docsAt?: string;
  /** Who is called by alarms, by stage: `mailto:on-call@example.com`, or `https://…` of a paging service. */
  readonly alarmsTo?: Readonly<Record<string, readonly string[]>>;
  /** Stages that have an SFTP server, for the lanes whose contract has `via: ['sftp']`. */
  readonly sftp?: readonly string[];
  /**
   * Users and roles of partners' own accounts that may drop and fetch by S3, by stage and lane:
   * `{ prod: { 'acme-orders': ['arn:aws:iam::111122223333:role/drop'] } }`.
   */
  readonly partners?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Stages whose webhooks come to a domain of your own: the generated addresses are closed there. */
  readonly ownDomain?: readonly string[];
  /** Stages whose functions write X-Ray traces, at up to 5.00 a million invocations. Default: none. */
  readonly traces?: readonly string[];
}

const options: readonly string[] = [
  'docsAt',
  'alarmsTo',
  'sftp',
  'partners',
  'ownDomain',
  'traces',
] satisfies readonly (keyof EdgeConfig)[];

/** @throws Error naming what is wrong: an unknown option, or an address or ARN that is none. */
export function defineEdgeConfig(config: EdgeConfig): EdgeConfig {
  const problem = problemsOf(config).find(text => text !== undefined);
  if (problem) throw new Error(`edge.config.ts: ${problem}`);
  return config;
}

const problemsOf = (config: EdgeConfig): readonly (string | undefined)[] => [
  ...Object.keys(config)
    .filter(name => !options.includes(name))
    .map(name => `unknown option "${name}"; there are ${options.join(', ')}`),
  config.docsAt !== undefined && !/^https:\/\/.+\/$/.test(config.docsAt)
    ? `docsAt "${config.docsAt}" must begin with https:// and end with /`
    : undefined,
  ...Object.entries(config.alarmsTo ?? {}).flatMap(([stage, addresses]) =>
    addresses.filter(isNoAddress).map(it => `alarmsTo.${stage}: "${it}" must begin with mailto: or https://`),
  ),
  ...Object.entries(config.partners ?? {}).flatMap(([stage, lanes]) =>
    Object.entries(lanes).flatMap(([lane, arns]) =>
      arns
        .filter(isNoPrincipal)
        .map(arn => `partners.${stage}.${lane}: "${arn}" is no ARN of a user, a role or an account`),
    ),
  ),
];

const isNoAddress = (text: string): boolean => !/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(text);

const isNoPrincipal = (text: string): boolean =>
  !/^arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+)$/.test(text);
