import { BlockList, isIP } from 'node:net';

/** Tests addresses against `10.0.0.0/24` or `2001:db8::/32`; undefined when the range is malformed. */
export function cidrTest(range: string): ((address: string) => boolean) | undefined {
  const [address = '', bits = '', ...rest] = range.split('/');
  const version = isIP(address);
  if (
    version === 0 ||
    rest.length > 0 ||
    !/^\d{1,3}$/.test(bits) ||
    Number(bits) > (version === 4 ? 32 : 128)
  )
    return undefined;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family);
  return candidate => isIP(candidate) === version && block.check(candidate, family);
}
