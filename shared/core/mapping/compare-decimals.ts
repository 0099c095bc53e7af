/** Orders two canonical decimal texts (`-?digits(.digits)?`, no leading zeros) exactly: below, at or above zero. */
export function compareDecimals(a: string, b: string): number {
  const aNegative = isNegative(a);
  if (aNegative !== isNegative(b)) return aNegative ? -1 : 1;
  const order = aNegative ? compareMagnitudes(b, a, 1) : compareMagnitudes(a, b, 0);
  return order;
}

const isNegative = (text: string): boolean => text.charCodeAt(0) === 45;

/** `from` skips the sign, which both have or both lack. */
function compareMagnitudes(a: string, b: string, from: number): number {
  const aPoint = pointOf(a);
  const bPoint = pointOf(b);
  if (aPoint !== bPoint) return aPoint - bPoint;
  const length = Math.max(a.length, b.length);
  for (let i = from; i < length; i++) {
    const difference = digitAt(a, i) - digitAt(b, i);
    if (difference !== 0) return difference;
  }
  return 0;
}

const pointOf = (text: string): number => {
  const point = text.indexOf('.');
  return point < 0 ? text.length : point;
};

/** Past the end, and at the point, a text reads as 0: `1` and `1.0` are equal. */
const digitAt = (text: string, index: number): number => {
  const code = text.charCodeAt(index);
  return code >= 48 ? code - 48 : 0;
};
