import { hash } from 'node:crypto';

/** The root of a Merkle tree, as RFC 9162 (2.1.1) makes it: leaves and nodes are hashed with another first byte. Hex. */
export const merkleRoot = (leaves: readonly string[]): string => rootOf(leaves).toString('hex');

function rootOf(leaves: readonly string[]): Buffer {
  const [only = ''] = leaves;
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.from([0]), Buffer.from(only));
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Buffer.from([1]), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

const sha256 = (...parts: readonly Buffer[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');
