import { ContractError, refuseUnknownOptions } from '#shared/contract/options.ts';
import { type HeaderNames, headerNames } from './webhook-place.ts';

interface PlaceOptions {
  /** Options that stand beside the place. */
  readonly also?: readonly string[];
  readonly isQueryAllowed?: boolean;
}

/** @throws ContractError */
export function checkPlace(
  where: string,
  place: object,
  { also = [], isQueryAllowed = true }: PlaceOptions = {},
): void {
  const kinds = ['header', ...(isQueryAllowed ? ['query'] : []), 'field'];
  refuseUnknownOptions(where, place, [...kinds, ...also]);
  const given = kinds.filter(kind => kind in place);
  if (given.length !== 1) throw new ContractError(`${where} must name one of ${kinds.join(', ')}`);
  const { header, query, field } = place as { header?: HeaderNames; query?: string; field?: string };
  if (header !== undefined) checkHeaders(where, header);
  if (query !== undefined && !/^[\w.-]+$/.test(query))
    throw new ContractError(`${where}: "${query}" must be the name of a query parameter`);
  if (field !== undefined) checkField(where, field);
}

/** @throws ContractError */
export function checkHeaders(where: string, header: HeaderNames): void {
  const names = headerNames(header);
  if (names.length === 0) throw new ContractError(`${where}: header must name at least one`);
  for (const name of names)
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
      throw new ContractError(`${where}: header "${name}" must be a header's name in lower case`);
}

/** A JSON pointer, or a form's field. @throws ContractError */
export function checkField(where: string, field: string): void {
  if (!/^(?:(?:\/(?:[^~/{}]|~[01])+)+|[^/{}]+)$/.test(field))
    throw new ContractError(
      `${where}: field "${field}" must be a JSON pointer such as /data/id, or the name of a form field`,
    );
}

/** @throws ContractError */
export function oneOf(option: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value))
    throw new ContractError(`${option} "${value}" is not one of ${allowed.join(', ')}`);
}
