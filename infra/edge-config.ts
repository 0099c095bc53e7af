/** What an account needs to know that no contract says. The values are in `edge.config.ts`. */
export interface EdgeConfig {
  /**
   * Address under which the folder `docs/` of this repository can be read, with a slash at its end, such as
   * `https://git.example.com/edge/blob/main/docs/`. Alarms name their runbooks by it; without it, by path.
   */
  readonly docsAt?: string;
  /** Who is called by alarms, by stage: `mailto:on-call@example.com`, or `https://…` of a paging service. */
  readonly alarmsTo?: Readonly<Record<string, readonly string[]>>;
  /** Stages whose functions write X-Ray traces, at up to 5.00 a million invocations. Default: none. */
  readonly traces?: readonly string[];
}

const options: readonly string[] = ['docsAt', 'alarmsTo', 'traces'] satisfies readonly (keyof EdgeConfig)[];

/** @throws Error naming what is wrong: an unknown option, or an address that nothing can be sent to. */
export function defineEdgeConfig(config: EdgeConfig): EdgeConfig {
  const unknown = Object.keys(config).find(name => !options.includes(name));
  if (unknown)
    throw new Error(`edge.config.ts: unknown option "${unknown}"; there are ${options.join(', ')}`);
  if (config.docsAt !== undefined && !/^https:\/\/.+\/$/.test(config.docsAt))
    throw new Error(`edge.config.ts: docsAt "${config.docsAt}" must begin with https:// and end with /`);
  for (const [stage, addresses] of Object.entries(config.alarmsTo ?? {}))
    for (const address of addresses)
      if (!/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(address))
        throw new Error(
          `edge.config.ts: alarmsTo.${stage}: "${address}" must begin with mailto: or https://`,
        );
  return config;
}
