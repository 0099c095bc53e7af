import { randomUUID } from 'node:crypto';

interface Version {
  readonly id: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly stages: Set<string>;
}

interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly createdAt: number;
  changedAt: number;
  readonly versions: Version[];
}

/** A secret with its versions, as JSON. */
export interface KeptSecret extends Pick<Secret, 'changedAt'> {
  readonly versions: readonly (Omit<Version, 'stages'> & { readonly stages: readonly string[] })[];
}

export interface SecretValue {
  readonly secret: Pick<Secret, 'name' | 'arn'>;
  readonly version: Version;
}

/** There is no such secret, version or stage. */
export class ResourceNotFoundException extends Error {
  override readonly name = 'ResourceNotFoundException';
}

/** The version is there with other content. */
export class ResourceExistsException extends Error {
  override readonly name = 'ResourceExistsException';
}

/** Secrets Manager's secrets, as text, with versions and their stages. */
export class Secrets {
  readonly #secrets: Secret[] = [];

  create(given: Pick<Secret, 'name' | 'arn' | 'description'>, text: string): void {
    const now = Date.now();
    this.#secrets.push({ ...given, createdAt: now, changedAt: now, versions: [] });
    this.put(given.name, text);
  }

  get kept(): Readonly<Record<string, KeptSecret>> {
    return Object.fromEntries(
      this.#secrets.map(({ name, changedAt, versions }) => [
        name,
        { changedAt, versions: versions.map(version => ({ ...version, stages: [...version.stages] })) },
      ]),
    );
  }

  /** Takes the versions of an earlier cloud in place of those that it has. */
  restore(name: string, { changedAt, versions }: KeptSecret): void {
    const secret = this.find(name);
    secret.changedAt = changedAt;
    secret.versions.splice(
      0,
      secret.versions.length,
      ...versions.map(version => ({ ...version, stages: new Set(version.stages) })),
    );
  }

  all(): readonly Secret[] {
    return this.#secrets;
  }

  /** By name or ARN, an ARN also without its suffix. */
  find(id: string): Secret {
    const secret = this.#secrets.find(
      candidate => candidate.name === id || candidate.arn === id || candidate.arn.slice(0, -7) === id,
    );
    if (!secret) throw new ResourceNotFoundException("Secrets Manager can't find the specified secret.");
    return secret;
  }

  get(id: string, { versionId, stage }: { versionId?: string; stage?: string } = {}): SecretValue {
    const secret = this.find(id);
    const wanted = stage ?? (versionId === undefined ? 'AWSCURRENT' : undefined);
    const version = secret.versions.find(
      candidate =>
        (versionId === undefined || candidate.id === versionId) &&
        (wanted === undefined || candidate.stages.has(wanted)),
    );
    if (!version)
      throw new ResourceNotFoundException(
        `Secrets Manager can't find the specified secret value for ${wanted ? `staging label: ${wanted}` : `VersionId: ${versionId}`}`,
      );
    return { secret, version };
  }

  /** Repeatable with the same version id and text. */
  put(
    id: string,
    text: string,
    {
      versionId = randomUUID(),
      stages = ['AWSCURRENT'],
    }: { readonly versionId?: string | undefined; readonly stages?: readonly string[] | undefined } = {},
  ): SecretValue {
    const secret = this.find(id);
    const known = secret.versions.find(version => version.id === versionId);
    if (known && known.text !== text)
      throw new ResourceExistsException(
        `A resource with the ID you requested already exists: version ${versionId}`,
      );
    const version = known ?? { id: versionId, text, createdAt: Date.now(), stages: new Set<string>() };
    if (!known) secret.versions.push(version);
    for (const stage of stages) moveStage(secret, stage, version);
    secret.changedAt = Date.now();
    return { secret, version };
  }
}

/** A stage is on one version at a time; what was current becomes previous. */
function moveStage(secret: Secret, stage: string, to: Version): void {
  const from = secret.versions.find(version => version.stages.has(stage));
  if (from === to) return;
  from?.stages.delete(stage);
  to.stages.add(stage);
  if (stage === 'AWSCURRENT' && from) moveStage(secret, 'AWSPREVIOUS', from);
}
