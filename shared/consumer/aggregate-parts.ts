/**
 * The values that name an aggregate, as text, in the order of its event's `aggregateId`.
 *
 * @example
 * const [sku, warehouse] = aggregateParts(stockUpdated, detail.aggregateid);
 */
export const aggregateParts = (
  { aggregateId }: { readonly aggregateId: readonly string[] },
  id: string,
): readonly string[] =>
  aggregateId.length === 1
    ? [id]
    : id.split('/').map(part => part.replaceAll('%2F', '/').replaceAll('%25', '%'));
