/**
 * The environment variables named.
 * @throws Error naming every one that is missing.
 */
export function settingsOf<const N extends string>(
  env: NodeJS.ProcessEnv,
  names: readonly N[],
): Readonly<Record<N, string>> {
  const missing = names.filter(name => !env[name]);
  if (missing.length > 0) throw new Error(`environment variables missing: ${missing.join(', ')}`);
  return env as Readonly<Record<N, string>>;
}
