import { isIP } from 'node:net';
import { ContractError } from '#shared/contract/options.ts';

/** @throws ContractError unless each is an address with a prefix length, such as `192.0.2.0/24` or `2001:db8::/32`. */
export function checkAddresses(where: string, addresses: readonly string[]): void {
  if (addresses.length === 0) throw new ContractError(`${where}: allowFrom must name at least one range`);
  for (const range of addresses) {
    const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(range) ?? [];
    const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (Number(length) > bits || bits < 0)
      throw new ContractError(`${where}: allowFrom "${range}" must be an address range such as 192.0.2.0/24`);
  }
}
