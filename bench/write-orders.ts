import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { itemAt } from '#shared/contract/item-at.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';

export interface OrdersFile {
  /** The file ends with the row that reaches this size, or with this many rows. */
  readonly bytes?: number;
  readonly rows?: number;
  /** Of 10 lines, how many have their text fields in quotes; one in ten of those holds a doubled quote. */
  readonly quotedOfTen?: number;
}

const header =
  'order_no,placed_at,customer_email,customer_phone,sku,quantity,unit_price,currency,ship_country,status\n';
const skus = ['CHAIR-OAK-2', 'TABLE-OAK-180', 'LAMP-ARC', 'VASE-BLUE', 'CUSHION', 'SHELF-BIRCH-90'];
const quotedSkus = ['CHAIR, OAK', 'TABLE, OAK, 180', 'LAMP ARC', 'VASE, BLUE', 'CUSHION', 'SHELF, 90'];
const currencies = ['EUR', 'EUR', 'EUR', 'CHF', 'DKK', 'PLN'];
const countries = ['DE', 'FR', 'NL', 'AT', 'DK', 'PL'];
const statuses = ['NEW', 'PAID', 'CANC'];

/** Writes clean rows of `acme-orders`, each with an order number of its own; the same every time. A file that is there is kept. */
export async function writeOrders(
  path: string,
  { bytes = Number.POSITIVE_INFINITY, rows = Number.POSITIVE_INFINITY, quotedOfTen = 0 }: OrdersFile,
): Promise<void> {
  if (existsSync(path)) return;
  const random = new MemoryClock(0, 1);
  const draft = `${path}.draft`;
  const file = await open(draft, 'w');
  let written = 0;
  let text = header;
  for (let n = 1; n <= rows && written + text.length < bytes; n++) {
    text += orderLine(n, n % 10 < quotedOfTen, random);
    if (text.length < 1_048_576) continue;
    await file.write(text);
    written += text.length;
    text = '';
  }
  await file.write(text);
  await file.close();
  await rename(draft, path);
}

function orderLine(n: number, quoted: boolean, random: MemoryClock): string {
  const pick = <T>(from: readonly T[]): T => itemAt(from, Math.floor(random.random() * from.length));
  const number = (below: number) => Math.floor(random.random() * below);
  const two = (below: number) => String(number(below)).padStart(2, '0');
  const inQuotes = (text: string) => (quoted ? `"${text}"` : text);
  const sku = quoted ? pick(quotedSkus) + (n % 100 === 0 ? ' 5""' : '') : pick(skus);
  const phone = number(3) === 0 ? '' : `+49 30 ${number(90_000) + 10_000} ${two(100)}`;
  return `${[
    inQuotes(`A-${String(n).padStart(9, '0')}`),
    `2026-11-${String(number(28) + 1).padStart(2, '0')}T${two(24)}:${two(60)}:${two(60)}+01:00`,
    inQuotes(`customer.${number(50_000)}@example.com`),
    inQuotes(phone),
    inQuotes(sku),
    number(20) + 1,
    `${number(900)}.${two(100)}`,
    pick(currencies),
    pick(countries),
    pick(statuses),
  ].join(',')}\n`;
}
