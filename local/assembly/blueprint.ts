import { evaluate, noValue, type Scope } from './intrinsics.ts';
import { pseudoParameter } from './pseudo-parameter.ts';
import type { Assembly } from './read-assembly.ts';
import { type Identity, identityOf, nameProperty, type Place } from './resource-names.ts';
import { AssemblyError, type Resource, type Stack, type Template } from './template.ts';

/** The assembly with names given: answers what any value in any of its templates will be. */
export class Blueprint {
  readonly resources: readonly Resource[];
  readonly #assembly: Assembly;
  readonly #place: Place;
  readonly #byId = new Map<string, Resource>();
  readonly #identities = new Map<Resource, Identity>();

  constructor(assembly: Assembly, place: Place) {
    this.#assembly = assembly;
    this.#place = place;
    this.resources = assembly.stacks.flatMap(stack => this.#resourcesOf(stack));
    for (const resource of this.resources) this.#byId.set(key(resource.stack, resource.logicalId), resource);
  }

  get stacks(): readonly Stack[] {
    return this.#assembly.stacks;
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  properties(resource: Resource): Readonly<Record<string, unknown>> {
    return evaluate(resource.properties, this.#scope(resource.stack)) as Record<string, unknown>;
  }

  identity(resource: Resource): Identity {
    const known = this.#identities.get(resource);
    if (known) return known;
    const identity = identityOf(resource.type, this.#nameOf(resource), this.#place);
    this.#identities.set(resource, identity);
    return identity;
  }

  /** Undefined when the stack has no such output. */
  output(stack: Stack, name: string): string | undefined {
    const output = stack.template.Outputs?.[name];
    return output && String(evaluate(output.Value, this.#scope(stack)));
  }

  /** Where the asset's files lie. @throws AssemblyError */
  assetDirectory(objectKey: string): string {
    const directory = this.#assembly.assets.get(objectKey);
    if (!directory) throw new AssemblyError(`no asset manifest names ${objectKey}`);
    return directory;
  }

  #resourcesOf(stack: Stack): Resource[] {
    return Object.entries(stack.template.Resources ?? {})
      .filter(([, { Condition }]) => !Condition || this.#condition(stack, Condition))
      .map(([logicalId, { Type, Properties }]) => ({
        stack,
        logicalId,
        type: Type,
        properties: Properties ?? {},
      }));
  }

  #nameOf(resource: Resource): string {
    const ofFunction = this.#nameOfQualified(resource);
    if (ofFunction !== undefined) return ofFunction;
    const given = resource.properties[nameProperty(resource.type) ?? '-'];
    const name = given === undefined ? noValue : evaluate(given, this.#scope(resource.stack));
    if (name !== noValue) return String(name);
    const generated = `${resource.stack.name}-${resource.logicalId}`;
    if (resource.type === 'AWS::S3::Bucket') return generated.toLowerCase().slice(0, 63);
    const queue = resource.type === 'AWS::SQS::Queue' && resource.properties.FifoQueue === true;
    return queue ? `${generated}.fifo` : generated;
  }

  /** Versions and aliases are named after their function. */
  #nameOfQualified({ type, stack, properties }: Resource): string | undefined {
    if (type !== 'AWS::Lambda::Version' && type !== 'AWS::Lambda::Alias') return undefined;
    const scope = this.#scope(stack);
    const name = String(evaluate(properties.FunctionName, scope));
    return type === 'AWS::Lambda::Alias' ? `${name}:${evaluate(properties.Name, scope)}` : name;
  }

  #scope(stack: Stack): Scope {
    return {
      region: this.#place.region,
      ref: name => this.#ref(stack, name),
      getAtt: (logicalId, attribute) => this.#getAtt(stack, logicalId, attribute),
      importValue: name => this.#importValue(name),
      condition: name => this.#condition(stack, name),
      findInMap: (map, first, second) => stack.template.Mappings?.[map]?.[first]?.[second],
    };
  }

  #ref(stack: Stack, name: string): unknown {
    const pseudo = pseudoParameter(name, stack.name, this.#place.region);
    if (pseudo !== undefined) return pseudo;
    const parameter = stack.template.Parameters?.[name];
    if (parameter?.Type?.startsWith('AWS::SSM::Parameter::Value')) return this.#stored(parameter.Default);
    if (parameter) return parameter.Default ?? '';
    return this.identity(this.#find(stack, name)).ref;
  }

  /** What a parameter of Systems Manager holds, that another stack makes. */
  #stored(name: unknown): unknown {
    const parameter = this.ofType('AWS::SSM::Parameter').find(
      resource => this.properties(resource).Name === name,
    );
    if (!parameter) throw new AssemblyError(`no stack makes the parameter ${name}`);
    return this.properties(parameter).Value;
  }

  #getAtt(stack: Stack, logicalId: string, attribute: string): unknown {
    const resource = this.#find(stack, logicalId);
    const value = this.identity(resource).attributes[attribute];
    if (value === undefined)
      throw new AssemblyError(
        `${stack.name}/${logicalId}: attribute ${attribute} of ${resource.type} is not served`,
      );
    return value;
  }

  #importValue(name: string): unknown {
    for (const stack of this.#assembly.stacks)
      for (const output of Object.values(stack.template.Outputs ?? {})) {
        const scope = this.#scope(stack);
        if (output.Export && evaluate(output.Export.Name, scope) === name)
          return evaluate(output.Value, scope);
      }
    throw new AssemblyError(`no stack exports ${name}`);
  }

  #condition(stack: Stack, name: string): boolean {
    const conditions: Template['Conditions'] = stack.template.Conditions;
    if (conditions?.[name] === undefined) throw new AssemblyError(`${stack.name}: no condition ${name}`);
    return Boolean(evaluate(conditions[name], this.#scope(stack)));
  }

  #find(stack: Stack, logicalId: string): Resource {
    const resource = this.#byId.get(key(stack, logicalId));
    if (!resource) throw new AssemblyError(`${stack.name}: nothing is called ${logicalId}`);
    return resource;
  }
}

const key = (stack: Stack, logicalId: string): string => `${stack.name}/${logicalId}`;
