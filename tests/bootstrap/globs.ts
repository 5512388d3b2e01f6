/** True where one text exists that both patterns match; `*` is any text, `?` one character. */
export function globsIntersect(one: string, other: string): boolean {
  const memo = new Map<string, boolean>();
  const meet = (i: number, j: number): boolean => {
    const key = `${i} ${j}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const [a, b] = [one[i], other[j]];
    const found =
      a === "*"
        ? meet(i + 1, j) || (b !== undefined && meet(i, j + 1))
        : b === "*"
          ? meet(i, j + 1) || (a !== undefined && meet(i + 1, j))
          : a === undefined || b === undefined
            ? a === b
            : (a === b || a === "?" || b === "?") && meet(i + 1, j + 1);
    memo.set(key, found);
    return found;
  };
  return meet(0, 0);
}
